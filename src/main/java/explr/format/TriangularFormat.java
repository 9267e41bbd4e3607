package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.Triangular;
import java.util.List;
import java.util.Locale;

/** {@link Triangular}. */
final class TriangularFormat implements PlainFormat<Triangular> {

  private static final Key<Double> LOW =
      Key.value("low", "at t = 0, and from t = `rise` + `fall` on, ≥ 0").otherwise(0.0);
  private static final Key<Double> HIGH = Key.value("high", "at t = `rise`, ≥ 0");
  private static final Key<Long> RISE = Key.iterations("rise", "of the line up, ≥ 1");
  private static final Key<Long> FALL = Key.iterations("fall", "of the line down, ≥ 1");

  @Override
  public String name() {
    return "triangular";
  }

  @Override
  public Class<Triangular> type() {
    return Triangular.class;
  }

  @Override
  public String meaning() {
    return "a line up from `low` to `high` at t = `rise`, and a line down to `low`, where it stays";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(LOW, HIGH, RISE, FALL);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"triangular\", \"low\": 0, \"high\": 0.1, \"rise\": 25, \"fall\": 15}");
  }

  @Override
  public Triangular read(Fields fields, ScheduleReader reader) {
    return new Triangular(LOW.in(fields), HIGH.in(fields), RISE.in(fields), FALL.in(fields));
  }

  @Override
  public JsonElement write(Triangular schedule) {
    JsonObject json = named();
    LOW.put(json, schedule.low());
    HIGH.put(json, schedule.high());
    RISE.put(json, schedule.rise());
    FALL.put(json, schedule.fall());
    return json;
  }

  @Override
  public String python(Triangular schedule, String t, PythonSchedule python) {
    String later = String.format(Locale.ROOT, "%s - %s", t, schedule.rise());
    return String.format(
        Locale.ROOT,
        "(%s if %s <= %s else %s)",
        python.call(LinearFormat.FUNCTION, t, schedule.low(), schedule.high(), schedule.rise()),
        t,
        schedule.rise(),
        python.call(
            LinearFormat.FUNCTION, later, schedule.high(), schedule.low(), schedule.fall()));
  }
}
