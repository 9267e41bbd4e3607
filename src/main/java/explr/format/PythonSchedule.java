package explr.format;

import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.CosineRestarts;
import explr.schedule.Exponential;
import explr.schedule.Linear;
import explr.schedule.PerEpoch;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Repeated;
import explr.schedule.Scaled;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.schedule.Tabulated;
import explr.schedule.Triangular;
import explr.schedule.WarmUp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Schedules as Python expressions of the iteration, with the definitions that these need, in the
 * same order of operations as in Java.
 */
final class PythonSchedule {

  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "linear",
          """
          def linear(t, start, end, length):
              return end if t >= length else (start * (length - t) + end * t) / length
          """,
          "cosine",
          """
          def cosine(t, start, end, length):
              if t >= length:
                  return end
              if 2 * t <= length:
                  return start - (start - end) * math.sin(math.pi / 2 * (t / length)) ** 2
              return end + (start - end) * math.sin(math.pi / 2 * ((length - t) / length)) ** 2
          """,
          "polynomial",
          """
          def polynomial(t, start, end, length, power):
              return end if t >= length else end + (start - end) * ((length - t) / length) ** power
          """,
          "cosine_restarts",
          """
          def cosine_restarts(t, start, end, period, lengthening, decay):
              cycle = 0
              if lengthening == 1:
                  cycle, t = divmod(t, period)
              while t >= period:
                  t, period, cycle = t - period, period * lengthening, cycle + 1
              return cosine(t, start * decay**cycle, end, period)
          """);

  private final Map<String, String> definitions = new LinkedHashMap<>();
  private int tables;

  /** The definitions that the expressions so far need. */
  String definitions() {
    return definitions.values().stream().map(text -> text + "\n\n").collect(Collectors.joining());
  }

  /**
   * The value of a schedule at iteration t; one of the user's own becomes a table.
   *
   * @param iterations how many iterations a table has
   */
  String expression(Schedule schedule, long iterations) {
    return expression(schedule, "t")
        .orElseGet(() -> expression(Tabulated.of(schedule, iterations), "t").orElseThrow());
  }

  private Optional<String> expression(Schedule schedule, String t) {
    if (schedule instanceof PerEpoch s) {
      return expression(s.schedule(), "(%s // %d)".formatted(t, s.epochs().iterationsEach()));
    }
    if (schedule instanceof Repeated s) {
      return expression(s.schedule(), "(%s %% %d)".formatted(t, s.period()));
    }
    if (schedule instanceof Scaled s) {
      return expression(s.schedule(), t).map(e -> "(%s) * %s".formatted(e, number(s.factor())));
    }
    if (schedule instanceof WarmUp s) {
      String factor = call("linear", t, number(s.startFactor()), "1", s.iterations());
      return expression(s.schedule(), t).map(e -> "(%s) * %s".formatted(e, factor));
    }
    if (schedule instanceof Phases s) {
      return phases(s.phases(), t);
    }
    return Optional.ofNullable(formula(schedule, t));
  }

  private Optional<String> phases(List<Phases.Phase> phases, String t) {
    Phases.Phase first = phases.get(0);
    Optional<String> value = expression(first.schedule(), t);
    if (phases.size() == 1) {
      return value;
    }
    String later = "(%s - %d)".formatted(t, first.iterations());
    Optional<String> rest = phases(phases.subList(1, phases.size()), later);
    return value.flatMap(
        now ->
            rest.map(
                then -> "(%s if %s < %d else %s)".formatted(now, t, first.iterations(), then)));
  }

  private String formula(Schedule schedule, String t) {
    if (schedule instanceof Constant s) {
      return number(s.value());
    }
    if (schedule instanceof StepDecay s) {
      String milestones =
          s.milestones().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
      return "%s / %s ** sum(%s >= m for m in %s)"
          .formatted(number(s.initial()), decimal(s.divisor()), t, milestones);
    }
    if (schedule instanceof Exponential s) {
      return "%s * %s ** (%s / %d)"
          .formatted(number(s.initial()), number(s.factor()), t, s.every());
    }
    if (schedule instanceof Linear s) {
      return call("linear", t, number(s.from()), number(s.to()), s.iterations());
    }
    if (schedule instanceof Cosine s) {
      return call("cosine", t, number(s.from()), number(s.to()), s.iterations());
    }
    if (schedule instanceof Polynomial s) {
      return call(
          "polynomial", t, number(s.from()), number(s.to()), s.iterations(), number(s.power()));
    }
    if (schedule instanceof CosineRestarts s) {
      define("cosine");
      return call(
          "cosine_restarts",
          t,
          number(s.from()),
          number(s.to()),
          s.period(),
          s.lengthening(),
          number(s.decay()));
    }
    if (schedule instanceof Triangular s) {
      define("linear");
      return "(linear(%1$s, %2$s, %3$s, %4$d) if %1$s <= %4$d else linear(%1$s - %4$d, %3$s, %2$s, %5$d))"
          .formatted(t, number(s.low()), number(s.high()), s.rise(), s.fall());
    }
    return schedule instanceof Tabulated s ? table(s, t) : null;
  }

  private String table(Tabulated table, String t) {
    String name = "TABLE_" + ++tables;
    StringBuilder text = new StringBuilder(name).append(" = [");
    int column = 100;
    for (double value : table.values()) {
      String entry = number(value) + ",";
      column += entry.length() + 1;
      if (column > 100) {
        text.append("\n   ");
        column = 4 + entry.length();
      }
      text.append(' ').append(entry);
    }
    definitions.put(name, text.append("\n]\n").toString());
    String entry = "%s[%s]".formatted(name, t);
    return table.logarithms() ? "math.exp(%s)".formatted(entry) : entry;
  }

  private String call(String function, Object... arguments) {
    define(function);
    return Arrays.stream(arguments)
        .map(Object::toString)
        .collect(Collectors.joining(", ", function + "(", ")"));
  }

  private void define(String function) {
    definitions.putIfAbsent(function, FUNCTIONS.get(function));
  }

  /** A float whatever its value: 10 ** 400 would be an integer of 401 digits. */
  private static String decimal(double value) {
    String text = number(value);
    return text.matches("-?\\d+") ? text + ".0" : text;
  }

  static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "math.inf" : "-math.inf") : JsonText.text(value);
  }
}
