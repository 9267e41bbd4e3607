package explr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a run or period was last trained or read: the modification date of a file. */
final class UseDate {

  /** The least age of a date that is updated. */
  private static final Duration BETWEEN_UPDATES = Duration.ofHours(1);

  private UseDate() {}

  /** The date of a file; empty if it was removed in the meantime. */
  static Optional<Instant> of(Path file) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.empty();
    }
  }

  /** The later one, if there is any. */
  static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
  }

  /** Sets the date of a file to now; in a read-only store it keeps the old one. */
  static void update(Path file) throws IOException {
    Instant now = Instant.now();
    try {
      if (Files.getLastModifiedTime(file).toInstant().plus(BETWEEN_UPDATES).isBefore(now)) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
    } catch (IOException readOnly) {
      return;
    }
  }
}
