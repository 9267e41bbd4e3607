package explr.file;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A folder for files that only this process needs, removed when it is closed.
 *
 * <p>A process that is killed leaves its folder. Each folder holds a lock of its process, so that
 * the next process that makes such a folder knows, and removes it.
 */
public final class TemporaryFolder implements AutoCloseable {

  private static final String LOCK = "lock";

  /** Version 0.1.0 did not lock its folders, and needed them for minutes. */
  private static final Duration LONG = Duration.ofHours(1);

  private final Path path;
  private final ProcessLock lock;

  private TemporaryFolder(Path path, ProcessLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder in the system's folder for temporary files, and removes those of processes that
   * were killed.
   *
   * @param name with which its name begins
   */
  public static TemporaryFolder named(String name) throws IOException {
    return in(Path.of(System.getProperty("java.io.tmpdir")), name);
  }

  static TemporaryFolder in(Path parent, String name) throws IOException {
    removeLeftovers(parent, name);
    Path path = Files.createTempDirectory(parent, name);
    return new TemporaryFolder(path, ProcessLock.on(path.resolve(LOCK)).orElseThrow());
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /**
   * Removes the folder; what a dying child process still writes there, the next process removes.
   */
  @Override
  public void close() throws IOException {
    try {
      // While it is locked, no other process removes it as well.
      Leftovers.removeFolder(path);
    } catch (DirectoryNotEmptyException | NoSuchFileException stillWritten) {
      return;
    } finally {
      lock.close();
    }
  }

  private static void removeLeftovers(Path parent, String name) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, name + "*")) {
      for (Path folder : folders) {
        try {
          removeIfLeft(folder);
        } catch (IOException notOurs) {
          // Another user's, or another process removes it at this moment: not this one's matter.
        }
      }
    }
  }

  private static void removeIfLeft(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path lock = folder.resolve(LOCK);
    if (Files.exists(lock)) {
      Optional<ProcessLock> mine = ProcessLock.on(lock);
      if (mine.isPresent()) {
        ProcessLock held = mine.get();
        try (held) {
          Leftovers.removeFolder(folder);
        }
      }
      return;
    }
    Instant made = Files.getLastModifiedTime(folder).toInstant();
    if (made.plus(LONG).isBefore(Instant.now())) {
      Leftovers.removeFolder(folder);
    }
  }
}
