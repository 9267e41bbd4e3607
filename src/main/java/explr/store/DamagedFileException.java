package explr.store;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a store whose content is not what was written. The message says what to do. */
public final class DamagedFileException extends IOException {

  private final transient Path file;
  private final String reason;

  DamagedFileException(Path file, String reason, String advice, Throwable cause) {
    super(file + " is damaged: " + reason + ". " + advice, cause);
    this.file = file;
    this.reason = reason;
  }

  /** For a file in the folder of a period. */
  static DamagedFileException ofPeriod(Path file, String reason, Throwable cause) {
    return new DamagedFileException(
        file,
        reason,
        "Delete the folder "
            + file.getParent()
            + " and train the run again; environment/store verify --repair removes all that is damaged",
        cause);
  }

  /** The file; null after serialization. */
  public Path file() {
    return file;
  }

  /** What is wrong with it. */
  public String reason() {
    return reason;
  }

  /** File and reason, for a caller that repairs the file. */
  String summary() {
    return file + " is damaged: " + reason;
  }
}
