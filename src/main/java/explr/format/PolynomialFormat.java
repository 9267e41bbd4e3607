package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.Polynomial;
import java.util.List;

/** {@link Polynomial}. */
final class PolynomialFormat implements PlainFormat<Polynomial> {

  private static final Key<Double> POWER = Key.factor("power", "the exponent, > 0");

  private static final PythonFunction FUNCTION =
      PythonFunction.of(
          """
          def polynomial(t, start, end, length, power):
              return end if t >= length else end + (start - end) * ((length - t) / length) ** power
          """);

  @Override
  public String name() {
    return "polynomial";
  }

  @Override
  public Class<Polynomial> type() {
    return Polynomial.class;
  }

  @Override
  public String meaning() {
    return "`to` + (`from` − `to`)(1 − t / `over`)^`power`, from t = `over` on `to`";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(LinearFormat.FROM, LinearFormat.TO, LinearFormat.OVER, POWER);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"polynomial\", \"from\": 0.1, \"to\": 0, \"over\": 1000, \"power\": 2}");
  }

  @Override
  public Polynomial read(Fields fields, ScheduleReader reader) {
    return new Polynomial(
        LinearFormat.FROM.in(fields),
        LinearFormat.TO.in(fields),
        LinearFormat.OVER.in(fields),
        POWER.in(fields));
  }

  @Override
  public JsonElement write(Polynomial schedule) {
    JsonObject json = named();
    LinearFormat.FROM.put(json, schedule.from());
    LinearFormat.TO.put(json, schedule.to());
    LinearFormat.OVER.put(json, schedule.iterations());
    POWER.put(json, schedule.power());
    return json;
  }

  @Override
  public String python(Polynomial schedule, String t, PythonSchedule python) {
    return python.call(
        FUNCTION, t, schedule.from(), schedule.to(), schedule.iterations(), schedule.power());
  }
}
