package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.InverseTime;
import java.util.List;
import java.util.Locale;

/** {@link InverseTime}. */
final class InverseTimeFormat implements PlainFormat<InverseTime> {

  private static final Key<Double> FROM = Key.value("from", "at t = 0, ≥ 0");
  private static final Key<Double> DECAY_RATE =
      Key.factor("decay_rate", "by what the divisor grows in `every` iterations, ≥ 0");
  private static final Key<Long> EVERY =
      Key.iterations("every", "in how many the divisor grows by `decay_rate`, ≥ 1").otherwise(1L);
  private static final Key<Double> POWER =
      Key.factor("power", "of the divisor, ≥ 0; 0.5 for an inverse square root").otherwise(1.0);

  @Override
  public String name() {
    return "inverse_time";
  }

  @Override
  public Class<InverseTime> type() {
    return InverseTime.class;
  }

  @Override
  public String meaning() {
    return "`from` / (1 + `decay_rate` · t / `every`)^`power`";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(FROM, DECAY_RATE, EVERY, POWER);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"inverse_time\", \"from\": 0.1, \"decay_rate\": 0.5, \"every\": 391}",
        "{\"schedule\": \"inverse_time\", \"from\": 0.1, \"decay_rate\": 1, \"every\": 1000, \"power\": 0.5}");
  }

  @Override
  public InverseTime read(Fields fields, ScheduleReader reader) {
    return new InverseTime(
        FROM.in(fields), DECAY_RATE.in(fields), EVERY.in(fields), POWER.in(fields));
  }

  @Override
  public JsonElement write(InverseTime schedule) {
    JsonObject json = named();
    FROM.put(json, schedule.initial());
    DECAY_RATE.put(json, schedule.decayRate());
    EVERY.put(json, schedule.every());
    POWER.put(json, schedule.power());
    return json;
  }

  @Override
  public String python(InverseTime schedule, String t, PythonSchedule python) {
    return String.format(
        Locale.ROOT,
        "%s / (1 + %s * %s / %s)%s",
        PythonSchedule.number(schedule.initial()),
        PythonSchedule.number(schedule.decayRate()),
        t,
        schedule.every(),
        schedule.power() == 1 ? "" : " ** " + PythonSchedule.number(schedule.power()));
  }
}
