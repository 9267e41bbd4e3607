package explr.store;

import explr.measurement.MeasurementLog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the log of steps had come when a checkpoint was made, as the checkpoint's marks hold it:
 * its length, and the first 64 bits of the SHA-256 of what it held.
 */
final class StepsMark {

  private static final String LENGTH = Entry.STEPS_SO_FAR;
  private static final String DIGEST = Entry.STEPS_SO_FAR + " sha256";
  private static final int DIGITS = 16;

  private StepsMark() {}

  /** The marks of a checkpoint. */
  static Map<String, Long> of(MeasurementLog.Mark mark) {
    Map<String, Long> marks = new LinkedHashMap<>();
    marks.put(LENGTH, mark.length());
    marks.put(DIGEST, Long.parseUnsignedLong(mark.sha256().substring(0, DIGITS), 16));
    return marks;
  }

  /** Whether marks tell of a log of steps. */
  static boolean isIn(Map<String, Long> marks) {
    return marks.containsKey(LENGTH) && marks.containsKey(DIGEST);
  }

  /**
   * Looks at the log as far as a checkpoint counts on it.
   *
   * @return where to resume it; empty if rows were lost or changed
   */
  static Optional<MeasurementLog.Mark> find(Path log, Map<String, Long> marks)
      throws java.io.IOException {
    Optional<MeasurementLog.Mark> found = MeasurementLog.markAt(log, marks.get(LENGTH));
    return found.filter(mark -> of(mark).equals(marks));
  }
}
