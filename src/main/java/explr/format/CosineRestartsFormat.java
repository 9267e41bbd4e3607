package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.CosineRestarts;
import java.util.List;

/** {@link CosineRestarts}. */
final class CosineRestartsFormat implements PlainFormat<CosineRestarts> {

  private static final Key<Double> FROM = Key.value("from", "at the start of cycle 0, ≥ 0");
  private static final Key<Double> TO =
      Key.value("to", "which each cycle approaches, ≥ 0").otherwise(0.0);
  private static final Key<Long> PERIOD = Key.iterations("period", "of cycle 0, ≥ 1");
  private static final Key<Long> LENGTHENING =
      Key.count("lengthening", "each cycle is so many times as long as the last, ≥ 1")
          .otherwise(1L);
  private static final Key<Double> DECAY =
      Key.factor("decay", "between the starts of two cycles, > 0").otherwise(1.0);

  private static final PythonFunction FUNCTION =
      PythonFunction.of(
          """
          def cosine_restarts(t, start, end, period, lengthening, decay):
              cycle = 0
              if lengthening == 1:
                  cycle, t = divmod(t, period)
              while t >= period:
                  t, period, cycle = t - period, period * lengthening, cycle + 1
              return cosine(t, start * decay**cycle, end, period)
          """,
          CosineFormat.FUNCTION);

  @Override
  public String name() {
    return "cosine_restarts";
  }

  @Override
  public Class<CosineRestarts> type() {
    return CosineRestarts.class;
  }

  @Override
  public String meaning() {
    return "cycles k = 0, 1, …, each a `cosine` from `from` · `decay`^k to `to` over `period` ·"
        + " `lengthening`^k iterations";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(FROM, TO, PERIOD, LENGTHENING, DECAY);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"cosine_restarts\", \"from\": 0.1, \"to\": 0, \"period\": 10, \"lengthening\": 2, \"decay\": 0.9}");
  }

  @Override
  public CosineRestarts read(Fields fields, ScheduleReader reader) {
    return new CosineRestarts(
        FROM.in(fields),
        TO.in(fields),
        PERIOD.in(fields),
        LENGTHENING.in(fields),
        DECAY.in(fields));
  }

  @Override
  public JsonElement write(CosineRestarts schedule) {
    JsonObject json = named();
    FROM.put(json, schedule.from());
    TO.put(json, schedule.to());
    PERIOD.put(json, schedule.period());
    LENGTHENING.put(json, schedule.lengthening());
    DECAY.put(json, schedule.decay());
    return json;
  }

  @Override
  public String python(CosineRestarts schedule, String t, PythonSchedule python) {
    return python.call(
        FUNCTION,
        t,
        schedule.from(),
        schedule.to(),
        schedule.period(),
        schedule.lengthening(),
        schedule.decay());
  }
}
