package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.Epochs;
import explr.schedule.PerEpoch;
import explr.schedule.Schedule;
import java.util.List;

/** {@link PerEpoch}. */
final class PerEpochFormat implements ModifierFormat<PerEpoch> {

  private static final Key<Long> PER_EPOCH =
      Key.iterations("per_epoch", "n, the length of an epoch, ≥ 1");

  @Override
  public String name() {
    return PER_EPOCH.name();
  }

  @Override
  public Class<PerEpoch> type() {
    return PerEpoch.class;
  }

  @Override
  public String meaning() {
    return "the value at ⌊t / n⌋: the schedule counts epochs instead of iterations";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(PER_EPOCH);
  }

  @Override
  public List<String> examples() {
    return List.of("{\"schedule\": \"cosine\", \"from\": 0.1, \"over\": 100, \"per_epoch\": 391}");
  }

  @Override
  public PerEpoch read(Schedule schedule, Fields fields) {
    return new PerEpoch(schedule, Epochs.of(PER_EPOCH.in(fields)));
  }

  @Override
  public void write(PerEpoch schedule, JsonObject json) {
    PER_EPOCH.put(json, schedule.epochs().iterationsEach());
  }

  @Override
  public String python(PerEpoch schedule, String t, PythonSchedule python) {
    String epoch = "(" + t + " // " + schedule.epochs().iterationsEach() + ")";
    return python.expression(schedule.schedule(), epoch);
  }
}
