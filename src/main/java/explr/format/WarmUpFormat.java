package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.Schedule;
import explr.schedule.WarmUp;
import java.util.List;

/** {@link WarmUp}, whose value is an object of two keys. */
final class WarmUpFormat implements ModifierFormat<WarmUp> {

  private static final Key<Double> START_FACTOR =
      Key.factor("start_factor", "s, at t = 0, ≥ 0").otherwise(0.0);
  private static final Key<Long> OVER =
      Key.iterations("over", "n, the first with the full value, ≥ 1");

  @Override
  public String name() {
    return "warmed_up";
  }

  @Override
  public Class<WarmUp> type() {
    return WarmUp.class;
  }

  @Override
  public String meaning() {
    return "the value times s + (1 − s) t / n for t < n";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
        START_FACTOR.documentedAs("warmed_up.start_factor"), OVER.documentedAs("warmed_up.over"));
  }

  @Override
  public String synopsis() {
    return "{(start_factor), over}";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"cosine\", \"from\": 0.1, \"over\": 4000, \"warmed_up\": {\"start_factor\": 0, \"over\": 500}}");
  }

  @Override
  public WarmUp read(Schedule schedule, Fields fields) {
    Fields warmUp = fields.object(name());
    WarmUp read = new WarmUp(schedule, START_FACTOR.in(warmUp), OVER.in(warmUp));
    warmUp.refuseOthers();
    return read;
  }

  @Override
  public void write(WarmUp schedule, JsonObject json) {
    JsonObject warmUp = new JsonObject();
    START_FACTOR.put(warmUp, schedule.startFactor());
    OVER.put(warmUp, schedule.iterations());
    json.add(name(), warmUp);
  }

  @Override
  public String python(WarmUp schedule, String t, PythonSchedule python) {
    String factor =
        python.call(LinearFormat.FUNCTION, t, schedule.startFactor(), 1.0, schedule.iterations());
    return "(" + python.expression(schedule.schedule(), t) + ") * " + factor;
  }
}
