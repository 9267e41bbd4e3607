package explr.store;

import explr.file.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Removes files of a period. All but {@link #discard} is for the process that holds its lock.
 *
 * @param entry the period
 */
record EntryRemoval(Entry entry) {

  /** Drops the run at the end of the period; it takes some megabytes. */
  void dropState() throws IOException {
    Files.deleteIfExists(entry.file(Entry.STATE));
  }

  /**
   * Removes damaged files of a period that is done, so that it counts as not done, or as done
   * without its steps.
   *
   * @param notice receives a sentence on each
   */
  void removeDamaged(Consumer<String> notice) throws IOException {
    try {
      entry.contents();
    } catch (DamagedFileException damage) {
      if (damage.file().endsWith(Entry.STEPS)) {
        notice.accept(damage.finding() + "; its steps count as not measured");
        Checksum row = Contents.read(entry.folder()).orElseThrow().files().get(Entry.MEASUREMENT);
        new Contents(entry.address(), Map.of(Entry.MEASUREMENT, row)).write(entry.folder());
        Files.deleteIfExists(entry.file(Entry.STEPS));
        removeDamaged(notice);
      } else {
        notice.accept(damage.finding() + "; the period is trained again");
        forget(entry.folder());
      }
    }
  }

  /** Removes what makes a period done. */
  static void forget(Path folder) throws IOException {
    for (String name : List.of(Contents.FILE, Entry.MEASUREMENT, Entry.STEPS)) {
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
    ProcessLock held = lock.get();
    try (held) {
      remove();
    }
    removeFolder();
  }

  /** Removes all of the period but its lock. */
  void remove() throws IOException {
    // First what says that the period is done.
    forget(entry.folder());
    dropState();
    entry.checkpoints().delete();
    removeHalfWritten();
    for (String name : List.of(Entry.STEPS_SO_FAR, Entry.TIMING, StartFolder.IDENTITY)) {
      Files.deleteIfExists(entry.file(name));
    }
  }

  /** Removes the folder, if nothing but its lock is left in it. */
  void removeFolder() throws IOException {
    Files.deleteIfExists(entry.file(Entry.LOCK));
    try {
      Files.deleteIfExists(entry.folder());
    } catch (DirectoryNotEmptyException usedAgain) {
      return;
    }
  }

  /** Removes what a killed process was writing aside. */
  void removeHalfWritten() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(entry.folder(), ".*.new")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
