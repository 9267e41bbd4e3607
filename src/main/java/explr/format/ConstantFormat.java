package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Constant;
import java.util.List;

/** {@link Constant}, which is written as a number. */
final class ConstantFormat implements PlainFormat<Constant> {

  private static final Key<Double> VALUE = Key.value("value", "the value");

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public Class<Constant> type() {
    return Constant.class;
  }

  @Override
  public String meaning() {
    return "`value` at every iteration; a number alone means the same";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(VALUE);
  }

  @Override
  public List<String> examples() {
    return List.of("{\"schedule\": \"constant\", \"value\": 0.1}");
  }

  @Override
  public Constant read(Fields fields, ScheduleReader reader) {
    return new Constant(VALUE.in(fields));
  }

  @Override
  public JsonElement write(Constant schedule) {
    return JsonText.number(schedule.value());
  }

  @Override
  public String python(Constant schedule, String t, PythonSchedule python) {
    return PythonSchedule.number(schedule.value());
  }
}
