package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.Linear;
import java.util.List;

/** {@link Linear}. */
final class LinearFormat implements PlainFormat<Linear> {

  static final Key<Double> FROM = Key.value("from", "at t = 0, ≥ 0");
  static final Key<Double> TO = Key.value("to", "at t = `over` and after, ≥ 0").otherwise(0.0);
  static final Key<Long> OVER = Key.iterations("over", "the length, ≥ 1");

  static final PythonFunction FUNCTION =
      PythonFunction.of(
          """
          def linear(t, start, end, length):
              return end if t >= length else (start * (length - t) + end * t) / length
          """);

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public Class<Linear> type() {
    return Linear.class;
  }

  @Override
  public String meaning() {
    return "`from` + (`to` − `from`) t / `over`, from t = `over` on `to`";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(FROM, TO, OVER);
  }

  @Override
  public List<String> examples() {
    return List.of("{\"schedule\": \"linear\", \"from\": 0.1, \"to\": 0.001, \"over\": 1000}");
  }

  @Override
  public Linear read(Fields fields, ScheduleReader reader) {
    return new Linear(FROM.in(fields), TO.in(fields), OVER.in(fields));
  }

  @Override
  public JsonElement write(Linear schedule) {
    JsonObject json = named();
    FROM.put(json, schedule.from());
    TO.put(json, schedule.to());
    OVER.put(json, schedule.iterations());
    return json;
  }

  @Override
  public String python(Linear schedule, String t, PythonSchedule python) {
    return python.call(FUNCTION, t, schedule.from(), schedule.to(), schedule.iterations());
  }
}
