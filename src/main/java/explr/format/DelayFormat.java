package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.Delay;
import explr.schedule.Schedule;
import java.util.List;

/** {@link Delay}. */
final class DelayFormat implements ModifierFormat<Delay> {

  private static final Key<Long> DELAYED_BY = Key.iterations("delayed_by", "n ≥ 0");

  @Override
  public String name() {
    return DELAYED_BY.name();
  }

  @Override
  public Class<Delay> type() {
    return Delay.class;
  }

  @Override
  public String meaning() {
    return "the first value for n iterations, then the value at t − n";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(DELAYED_BY);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"cosine\", \"from\": 0.1, \"over\": 90, \"delayed_by\": 10, \"per_epoch\": 391}");
  }

  @Override
  public Delay read(Schedule schedule, Fields fields) {
    return new Delay(schedule, DELAYED_BY.in(fields));
  }

  @Override
  public void write(Delay schedule, JsonObject json) {
    DELAYED_BY.put(json, schedule.iterations());
  }

  @Override
  public String python(Delay schedule, String t, PythonSchedule python) {
    return python.expression(
        schedule.schedule(), "max(0, " + t + " - " + schedule.iterations() + ")");
  }
}
