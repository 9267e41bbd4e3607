package explr.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A whole file of a store in a format that a later version of the program introduced. This version
 * must neither use nor remove it.
 */
public final class LaterVersionException extends IOException {

  LaterVersionException(Path file) {
    super(file + " was written by a later version of this program; use that, or another store");
  }
}
