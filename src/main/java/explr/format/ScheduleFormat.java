package explr.format;

import explr.schedule.KnownSchedule;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that a recipe file, the exported Python and the reference know about one schedule.
 * {@link ScheduleFormats} says how to add one.
 *
 * @param <S> the schedule
 */
sealed interface ScheduleFormat<S extends KnownSchedule> permits PlainFormat, ModifierFormat {

  /** Its name in a recipe: the value of {@code "schedule"}, or the key of a modifier. */
  String name();

  /** The record of {@link explr.schedule} that it stands for. */
  Class<S> type();

  /** The value at iteration t in terms of the keys, on one line of Markdown. */
  String meaning();

  /** Its keys in the order in which they are written. */
  List<Key<?>> keys();

  /** The keys for a line of help; in parentheses those that may be omitted. */
  default String synopsis() {
    return keys().stream()
        .map(key -> key.fallback().isEmpty() ? key.name() : "(" + key.name() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Lines of JSON that together have every key; each is read and written back by a test. */
  List<String> examples();

  /**
   * The value at an iteration as a Python expression, with the operations in the order of {@link
   * explr.schedule.Schedule#at}. It may use {@code math} and Python's built-ins; what embeds it
   * adds parentheses.
   *
   * @param t the iteration, itself an expression that needs no further parentheses
   * @param python defines functions and writes numbers and parts
   */
  String python(S schedule, String t, PythonSchedule python);
}
