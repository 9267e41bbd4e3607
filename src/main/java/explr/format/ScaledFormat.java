package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.Scaled;
import explr.schedule.Schedule;
import java.util.List;
import java.util.Locale;

/** {@link Scaled}. */
final class ScaledFormat implements ModifierFormat<Scaled> {

  private static final Key<Double> TIMES = Key.factor("times", "c ≥ 0");

  @Override
  public String name() {
    return TIMES.name();
  }

  @Override
  public Class<Scaled> type() {
    return Scaled.class;
  }

  @Override
  public String meaning() {
    return "the value times c";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(TIMES);
  }

  @Override
  public List<String> examples() {
    return List.of("{\"schedule\": \"cosine\", \"from\": 0.1, \"over\": 4000, \"times\": 0.5}");
  }

  @Override
  public Scaled read(Schedule schedule, Fields fields) {
    return new Scaled(schedule, TIMES.in(fields));
  }

  @Override
  public void write(Scaled schedule, JsonObject json) {
    TIMES.put(json, schedule.factor());
  }

  @Override
  public String python(Scaled schedule, String t, PythonSchedule python) {
    return String.format(
        Locale.ROOT,
        "(%s) * %s",
        python.expression(schedule.schedule(), t),
        PythonSchedule.number(schedule.factor()));
  }
}
