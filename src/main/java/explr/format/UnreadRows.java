package explr.format;

import explr.schedule.KnownSchedule;
import explr.schedule.Schedule;
import explr.schedule.Tabulated;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tables that are longer than the run that reads them, as where rows are not iterations. */
final class UnreadRows {

  /** What is filled in after the last row of a log is not left over. */
  private final Map<Tabulated, Long> lastRows = new IdentityHashMap<>();

  /**
   * Sets at how many iterations the last row of a table is reached; without this, at its length.
   */
  void lastRow(Tabulated table, long iterations) {
    lastRows.put(table, iterations);
  }

  /** Reports each table in a schedule of which a run of so many iterations leaves values unread. */
  void report(Schedule schedule, long iterations, Consumer<String> warnings) {
    if (schedule instanceof Tabulated table) {
      long length = lastRows.getOrDefault(table, (long) table.values().size());
      if (length > iterations) {
        warnings.accept(
            "the table has values for %d iterations, and the run reads %d of them"
                .formatted(length, iterations));
      }
    } else if (schedule instanceof KnownSchedule known) {
      List<Schedule> parts = known.parts();
      for (int i = 0; i < parts.size(); i++) {
        report(parts.get(i), known.iterationsOfPart(i, iterations), warnings);
      }
    }
  }
}
