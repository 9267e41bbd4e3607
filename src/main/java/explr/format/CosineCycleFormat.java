package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.CosineCycle;
import java.util.List;

/** {@link CosineCycle}. */
final class CosineCycleFormat implements PlainFormat<CosineCycle> {

  private static final Key<Double> FROM = Key.value("from", "at t = 0, ≥ 0").otherwise(0.0);
  private static final Key<Double> PEAK = Key.value("peak", "at t = `rise`, ≥ 0");
  private static final Key<Double> TO =
      Key.value("to", "at t = `over` and after, ≥ 0").otherwise(0.0);
  private static final Key<Double> RISE =
      Key.fractionOfIterations("rise", "up to the peak, > 0; may be a fraction");
  private static final Key<Long> OVER = Key.iterations("over", "the length, > `rise`");

  private static final PythonFunction FUNCTION =
      PythonFunction.of(
          """
          def cosine_cycle(t, start, peak, end, rise, length):
              if t <= rise:
                  return cosine(t, start, peak, rise)
              return cosine(t - rise, peak, end, length - rise)
          """,
          CosineFormat.FUNCTION);

  @Override
  public String name() {
    return "cosine_cycle";
  }

  @Override
  public Class<CosineCycle> type() {
    return CosineCycle.class;
  }

  @Override
  public String meaning() {
    return "a `cosine` from `from` to `peak` over `rise`, and one to `to` over the rest of `over`";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(FROM, PEAK, TO, RISE, OVER);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"cosine_cycle\", \"from\": 0.004, \"peak\": 0.1, \"to\": 1e-6, \"rise\": 299.5, \"over\": 1000}");
  }

  @Override
  public CosineCycle read(Fields fields, ScheduleReader reader) {
    return new CosineCycle(
        FROM.in(fields), PEAK.in(fields), TO.in(fields), RISE.in(fields), OVER.in(fields));
  }

  @Override
  public JsonElement write(CosineCycle schedule) {
    JsonObject json = named();
    FROM.put(json, schedule.from());
    PEAK.put(json, schedule.peak());
    TO.put(json, schedule.to());
    RISE.put(json, schedule.rise());
    OVER.put(json, schedule.iterations());
    return json;
  }

  @Override
  public String python(CosineCycle schedule, String t, PythonSchedule python) {
    return python.call(
        FUNCTION,
        t,
        schedule.from(),
        schedule.peak(),
        schedule.to(),
        schedule.rise(),
        schedule.iterations());
  }
}
