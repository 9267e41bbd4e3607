package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.Exponential;
import java.util.List;
import java.util.Locale;

/** {@link Exponential}. */
final class ExponentialFormat implements PlainFormat<Exponential> {

  private static final Key<Double> FROM = Key.value("from", "at t = 0, > 0");
  private static final Key<Double> MULTIPLIED_BY =
      Key.factor("multiplied_by", "the growth in `every` iterations, > 0");
  private static final Key<Long> EVERY =
      Key.iterations("every", "in how many the value grows by the factor, ≥ 1").otherwise(1L);

  @Override
  public String name() {
    return "exponential";
  }

  @Override
  public Class<Exponential> type() {
    return Exponential.class;
  }

  @Override
  public String meaning() {
    return "`from` · `multiplied_by`^(t / `every`)";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(FROM, MULTIPLIED_BY, EVERY);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"exponential\", \"from\": 0.1, \"multiplied_by\": 1.48123, \"every\": 391}");
  }

  @Override
  public Exponential read(Fields fields, ScheduleReader reader) {
    return new Exponential(FROM.in(fields), MULTIPLIED_BY.in(fields), EVERY.in(fields));
  }

  @Override
  public JsonElement write(Exponential schedule) {
    JsonObject json = named();
    FROM.put(json, schedule.initial());
    MULTIPLIED_BY.put(json, schedule.factor());
    EVERY.put(json, schedule.every());
    return json;
  }

  @Override
  public String python(Exponential schedule, String t, PythonSchedule python) {
    return String.format(
        Locale.ROOT,
        "%s * %s ** (%s / %s)",
        PythonSchedule.number(schedule.initial()),
        PythonSchedule.number(schedule.factor()),
        t,
        schedule.every());
  }
}
