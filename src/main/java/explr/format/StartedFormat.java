package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.Schedule;
import explr.schedule.Started;
import java.util.List;

/** {@link Started}. */
final class StartedFormat implements ModifierFormat<Started> {

  private static final Key<Long> STARTED_AT = Key.iterations("started_at", "n ≥ 0");

  @Override
  public String name() {
    return STARTED_AT.name();
  }

  @Override
  public Class<Started> type() {
    return Started.class;
  }

  @Override
  public String meaning() {
    return "the value at t + n: the first n values are left out";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(STARTED_AT);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"cosine\", \"from\": 0.1, \"over\": 100, \"started_at\": 5, \"per_epoch\": 391}");
  }

  @Override
  public Started read(Schedule schedule, Fields fields) {
    return new Started(schedule, STARTED_AT.in(fields));
  }

  @Override
  public void write(Started schedule, JsonObject json) {
    STARTED_AT.put(json, schedule.start());
  }

  @Override
  public String python(Started schedule, String t, PythonSchedule python) {
    return python.expression(schedule.schedule(), "(" + t + " + " + schedule.start() + ")");
  }
}
