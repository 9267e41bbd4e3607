package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.Repeated;
import explr.schedule.Schedule;
import java.util.List;

/** {@link Repeated}. */
final class RepeatedFormat implements ModifierFormat<Repeated> {

  private static final Key<Long> REPEATED_EVERY =
      Key.iterations("repeated_every", "n, the period, ≥ 1");

  @Override
  public String name() {
    return REPEATED_EVERY.name();
  }

  @Override
  public Class<Repeated> type() {
    return Repeated.class;
  }

  @Override
  public String meaning() {
    return "the value at t mod n";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(REPEATED_EVERY);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"triangular\", \"high\": 0.1, \"rise\": 25, \"fall\": 15, \"repeated_every\": 40}");
  }

  @Override
  public Repeated read(Schedule schedule, Fields fields) {
    return new Repeated(schedule, REPEATED_EVERY.in(fields));
  }

  @Override
  public void write(Repeated schedule, JsonObject json) {
    REPEATED_EVERY.put(json, schedule.period());
  }

  @Override
  public String python(Repeated schedule, String t, PythonSchedule python) {
    return python.expression(schedule.schedule(), "(" + t + " % " + schedule.period() + ")");
  }
}
