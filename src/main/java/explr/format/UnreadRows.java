package explr.format;

import explr.schedule.KnownSchedule;
import explr.schedule.Schedule;
import explr.schedule.Tabulated;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Reports tables that are longer than the run, a sign that their rows are not iterations. */
final class UnreadRows {

  /** The length up to the last row, without values that were filled in after it. */
  private final Map<Tabulated, Long> lastRows = new IdentityHashMap<>();

  /**
   * Sets at how many iterations the last row of a table is reached; without this, at its length.
   */
  void lastRow(Tabulated table, long iterations) {
    lastRows.put(table, iterations);
  }

  /** Reports each table in a schedule that has more values than a run of this length reads. */
  void report(Schedule schedule, long iterations, Consumer<String> warnings) {
    if (schedule instanceof Tabulated table) {
      long length = lastRows.getOrDefault(table, (long) table.values().size());
      if (length > iterations) {
        warnings.accept(
            String.format(
                Locale.ROOT,
                "the table has values for %d iterations, and the run reads %d of them",
                length,
                iterations));
      }
    } else if (schedule instanceof KnownSchedule known) {
      List<Schedule> parts = known.parts();
      for (int i = 0; i < parts.size(); i++) {
        report(parts.get(i), known.iterationsOfPart(i, iterations), warnings);
      }
    }
  }
}
