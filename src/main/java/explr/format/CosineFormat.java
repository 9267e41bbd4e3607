package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.Cosine;
import java.util.List;

/** {@link Cosine}. */
final class CosineFormat implements PlainFormat<Cosine> {

  static final PythonFunction FUNCTION =
      PythonFunction.of(
          """
          def cosine(t, start, end, length):
              if t >= length:
                  return end
              if 2 * t <= length:
                  return start - (start - end) * math.sin(math.pi / 2 * (t / length)) ** 2
              return end + (start - end) * math.sin(math.pi / 2 * ((length - t) / length)) ** 2
          """);

  @Override
  public String name() {
    return "cosine";
  }

  @Override
  public Class<Cosine> type() {
    return Cosine.class;
  }

  @Override
  public String meaning() {
    return "`to` + (`from` − `to`)(1 + cos(π t / `over`)) / 2, from t = `over` on `to`";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(LinearFormat.FROM, LinearFormat.TO, LinearFormat.OVER);
  }

  @Override
  public List<String> examples() {
    return List.of("{\"schedule\": \"cosine\", \"from\": 0.1, \"to\": 0.001, \"over\": 1000}");
  }

  @Override
  public Cosine read(Fields fields, ScheduleReader reader) {
    return new Cosine(
        LinearFormat.FROM.in(fields), LinearFormat.TO.in(fields), LinearFormat.OVER.in(fields));
  }

  @Override
  public JsonElement write(Cosine schedule) {
    JsonObject json = named();
    LinearFormat.FROM.put(json, schedule.from());
    LinearFormat.TO.put(json, schedule.to());
    LinearFormat.OVER.put(json, schedule.iterations());
    return json;
  }

  @Override
  public String python(Cosine schedule, String t, PythonSchedule python) {
    return python.call(FUNCTION, t, schedule.from(), schedule.to(), schedule.iterations());
  }
}
