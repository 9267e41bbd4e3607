package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.Schedule;
import explr.schedule.Skip;
import java.util.List;

/** {@link Skip}. */
final class SkipFormat implements ModifierFormat<Skip> {

  private static final Key<Long> SKIPPING = Key.iterations("skipping", "n ≥ 0");

  @Override
  public String name() {
    return SKIPPING.name();
  }

  @Override
  public Class<Skip> type() {
    return Skip.class;
  }

  @Override
  public String meaning() {
    return "the value at t + n: the first n values are skipped";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(SKIPPING);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"cosine\", \"from\": 0.1, \"over\": 100, \"skipping\": 5, \"per_epoch\": 391}");
  }

  @Override
  public Skip read(Schedule schedule, Fields fields) {
    return new Skip(schedule, SKIPPING.in(fields));
  }

  @Override
  public void write(Skip schedule, JsonObject json) {
    SKIPPING.put(json, schedule.iterations());
  }

  @Override
  public String python(Skip schedule, String t, PythonSchedule python) {
    return python.expression(schedule.schedule(), "(" + t + " + " + schedule.iterations() + ")");
  }
}
