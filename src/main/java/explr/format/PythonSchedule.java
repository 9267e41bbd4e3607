package explr.format;

import explr.schedule.KnownSchedule;
import explr.schedule.Schedule;
import explr.schedule.Tabulated;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Schedules as Python expressions of the iteration, by the entries of {@link ScheduleFormats}, and
 * the definitions that these need.
 */
final class PythonSchedule {

  private final Map<String, String> definitions = new LinkedHashMap<>();
  private int tables;

  /** The definitions that the expressions so far need. */
  String definitions() {
    return definitions.values().stream().map(text -> text + "\n\n").collect(Collectors.joining());
  }

  /**
   * The value of a schedule at iteration t. One that has a lambda in it becomes a table.
   *
   * @param iterations how many iterations a table has
   */
  String expression(Schedule schedule, long iterations) {
    return expression(hasFormula(schedule) ? schedule : Tabulated.of(schedule, iterations), "t");
  }

  /**
   * The value of a part of a schedule.
   *
   * @param t the iteration as an expression that needs no further parentheses
   */
  String expression(Schedule part, String t) {
    KnownSchedule known = (KnownSchedule) part;
    return expression(ScheduleFormats.of(known), known, t);
  }

  private <S extends KnownSchedule> String expression(
      ScheduleFormat<S> format, KnownSchedule schedule, String t) {
    return format.python(format.type().cast(schedule), t, this);
  }

  private static boolean hasFormula(Schedule schedule) {
    return schedule instanceof KnownSchedule known
        && known.parts().stream().allMatch(PythonSchedule::hasFormula);
  }

  /** A call of a function, which becomes one of the definitions. */
  String call(PythonFunction function, Object... arguments) {
    define(function);
    return Arrays.stream(arguments)
        .map(argument -> argument instanceof Double value ? number(value) : argument.toString())
        .collect(Collectors.joining(", ", function.name() + "(", ")"));
  }

  private void define(PythonFunction function) {
    function.needs().forEach(this::define);
    definitions.putIfAbsent(function.name(), function.text());
  }

  /** The name of a list of values, which becomes one of the definitions. */
  String table(List<Double> values) {
    String name = "TABLE_" + ++tables;
    StringBuilder text = new StringBuilder(name).append(" = [");
    int column = 100;
    for (double value : values) {
      String entry = number(value) + ",";
      column += entry.length() + 1;
      if (column > 100) {
        text.append("\n   ");
        column = 4 + entry.length();
      }
      text.append(' ').append(entry);
    }
    definitions.put(name, text.append("\n]\n").toString());
    return name;
  }

  /** A float whatever its value: 10 ** 400 would be an integer of 401 digits. */
  static String decimal(double value) {
    String text = number(value);
    return text.matches("-?\\d+") ? text + ".0" : text;
  }

  static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "math.inf" : "-math.inf") : JsonText.text(value);
  }
}
