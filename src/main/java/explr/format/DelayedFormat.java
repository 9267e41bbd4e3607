package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.DelayedSchedule;
import explr.schedule.Schedule;
import java.util.List;

/** {@link DelayedSchedule}. */
final class DelayedFormat implements ModifierFormat<DelayedSchedule> {

  private static final Key<Long> DELAYED_BY = Key.iterations("delayed_by", "n ≥ 0");

  @Override
  public String name() {
    return DELAYED_BY.name();
  }

  @Override
  public Class<DelayedSchedule> type() {
    return DelayedSchedule.class;
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
  public DelayedSchedule read(Schedule schedule, Fields fields) {
    return new DelayedSchedule(schedule, DELAYED_BY.in(fields));
  }

  @Override
  public void write(DelayedSchedule schedule, JsonObject json) {
    DELAYED_BY.put(json, schedule.delay());
  }

  @Override
  public String python(DelayedSchedule schedule, String t, PythonSchedule python) {
    return python.expression(schedule.schedule(), "max(0, " + t + " - " + schedule.delay() + ")");
  }
}
