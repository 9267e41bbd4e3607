package explr.store;

import explr.measurement.MeasurementLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The length of the log of steps when a checkpoint was written, and the first 64 bits of the
 * SHA-256 of its content then, as the marks of the checkpoint.
 */
final class StepsMark {

  private static final String LENGTH = Entry.STEPS_SO_FAR;
  private static final String DIGEST = Entry.STEPS_SO_FAR + " sha256";
  private static final int DIGITS = 16;

  /** Why {@link #find} finds nothing, in words. */
  static final String LOST_ROWS = "it has lost or changed rows";

  private StepsMark() {}

  /** The marks of a checkpoint. */
  static Map<String, Long> of(MeasurementLog.Mark mark) {
    Map<String, Long> marks = new LinkedHashMap<>();
    marks.put(LENGTH, mark.length());
    marks.put(DIGEST, Long.parseUnsignedLong(mark.sha256().substring(0, DIGITS), 16));
    return marks;
  }

  /** Whether marks are those of a checkpoint with a log of steps. */
  static boolean isIn(Map<String, Long> marks) {
    return marks.containsKey(LENGTH) && marks.containsKey(DIGEST);
  }

  /**
   * Checks the log up to the length on which a checkpoint relies.
   *
   * @return where to resume it; empty if rows were lost or changed
   */
  static Optional<MeasurementLog.Mark> find(Path log, Map<String, Long> marks) throws IOException {
    Optional<MeasurementLog.Mark> found = MeasurementLog.markAt(log, marks.get(LENGTH));
    return found.filter(mark -> of(mark).equals(marks));
  }
}
