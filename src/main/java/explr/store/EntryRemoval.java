package explr.store;

import explr.file.Leftovers;
import explr.file.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Removes files of a period. Only {@link #discard} and {@link #prune} lock it; a caller of the
 * other methods must hold its lock.
 *
 * @param entry the period
 */
record EntryRemoval(Entry entry) {

  /** Removes the state at the end of the period, which takes some megabytes. */
  void dropState() throws IOException {
    Files.deleteIfExists(entry.file(Entry.STATE));
  }

  /**
   * Removes damaged files of a period that is done; it then counts as not done, or as done without
   * its steps.
   *
   * @param notice receives a sentence on each file
   */
  void removeDamaged(Consumer<String> notice) throws IOException {
    try {
      entry.verified();
    } catch (DamagedFileException damage) {
      if (damage.file().endsWith(Entry.STEPS)) {
        notice.accept(damage.summary() + "; its steps count as not measured");
        Checksum row =
            PeriodChecksums.read(entry.folder()).orElseThrow().files().get(Entry.MEASUREMENT);
        new PeriodChecksums(entry.address(), Map.of(Entry.MEASUREMENT, row)).write(entry.folder());
        Files.deleteIfExists(entry.file(Entry.STEPS));
        removeDamaged(notice);
      } else {
        notice.accept(damage.summary() + "; the period is trained again");
        markNotDone(entry.folder());
      }
    }
  }

  /** Removes the files that mark a period as done. */
  static void markNotDone(Path folder) throws IOException {
    for (String name : List.of(PeriodChecksums.FILE, Entry.MEASUREMENT, Entry.STEPS)) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  /**
   * Locks the period and removes it, with its folder.
   *
   * @throws IllegalStateException if a process trains it
   */
  void discard() throws IOException {
    if (!Files.isDirectory(entry.folder())) {
      return;
    }
    Optional<ProcessLock> lock = entry.lock();
    if (lock.isEmpty()) {
      throw new IllegalStateException(
          entry.whoTrains() + " trains in " + entry.folder() + "; wait for it");
    }
    removeFolder(entry.folder(), lock.get());
  }

  /**
   * Locks a period and removes it, with its folder.
   *
   * @return whether it was removed; false if a process trains it
   */
  static boolean prune(Path folder) throws IOException {
    Optional<ProcessLock> lock;
    try {
      lock = ProcessLock.on(folder.resolve(Entry.LOCK));
    } catch (NoSuchFileException removedMeanwhile) {
      return true;
    }
    if (lock.isPresent()) {
      removeFolder(folder, lock.get());
    }
    return lock.isPresent();
  }

  /**
   * Removes a folder with its content, and releases its lock. The folder itself is removed last,
   * without the lock, and stays if another process uses it by then.
   */
  static void removeFolder(Path folder, ProcessLock held) throws IOException {
    try (held) {
      // First the files that mark the period as done.
      markNotDone(folder);
      for (Path file : files(folder)) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Leftovers.removeFolder(file);
        } else if (!file.endsWith(Entry.LOCK)) {
          Files.deleteIfExists(file);
        }
      }
      held.closeAndDelete();
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException usedAgain) {
      return;
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Removes temporary files of killed processes. */
  void removeHalfWritten() throws IOException {
    Leftovers.remove(entry.folder());
  }
}
