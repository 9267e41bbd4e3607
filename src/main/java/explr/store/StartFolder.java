package explr.store;

import explr.file.Leftovers;
import explr.file.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder of a start: of all runs of one network on the same data, seed and machine.
 *
 * <p>It holds the identity twice, because thread counts are read from it. A copy is valid if its
 * SHA-256 begins with the folder's name.
 *
 * @param folder need not exist
 */
record StartFolder(Path folder) {

  static final String IDENTITY = "identity.json";
  static final String COPY = "identity.copy.json";

  /** The identity of the start; empty if neither copy is valid. */
  Optional<Identity> identity() throws IOException {
    for (String name : List.of(IDENTITY, COPY)) {
      Optional<Identity> read = IdentityFile.read(folder.resolve(name), folder);
      if (read.isPresent()) {
        return read;
      }
    }
    return Optional.empty();
  }

  /** Whether this is the folder of a start, by its name. */
  boolean isOf(Identity start) {
    return folder.getFileName().toString().equals(start.address().folderName());
  }

  /** Whether it holds periods of an earlier version, which wrote no identity anywhere. */
  boolean isOfEarlierVersion() throws IOException {
    List<Path> periods = periods();
    return !periods.isEmpty()
        && !Files.exists(folder.resolve(IDENTITY))
        && !Files.exists(folder.resolve(COPY))
        && periods.stream().noneMatch(period -> Files.exists(period.resolve(IDENTITY)));
  }

  /** Removes everything in the folder except periods and labels. */
  void removeFiles() throws IOException {
    Files.deleteIfExists(folder.resolve(IDENTITY));
    Files.deleteIfExists(folder.resolve(COPY));
    Leftovers.remove(folder);
    try {
      Optional<ProcessLock> lock = ProcessLock.on(folder.resolve(Entry.LOCK));
      if (lock.isPresent()) {
        lock.get().closeAndDelete();
      }
      Files.deleteIfExists(LabelFile.folder(this));
    } catch (DirectoryNotEmptyException | NoSuchFileException usedOrRemovedMeanwhile) {
      return;
    }
  }

  /** Removes the folder if it is empty. */
  void removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException used) {
      return;
    }
  }

  /**
   * Writes the identity of the start where it is missing or damaged.
   *
   * @param notice receives a sentence on damage
   */
  void write(Identity start, Consumer<String> notice) throws IOException {
    for (String name : List.of(IDENTITY, COPY)) {
      IdentityFile.write(folder.resolve(name), folder, () -> start, notice);
    }
  }

  /** The folders of its periods, in the order of their names. */
  List<Path> periods() throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(Store::isNamedByAddress).sorted().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** Whether a period in it is done. */
  boolean hasDonePeriod() throws IOException {
    return periods().stream()
        .anyMatch(period -> Files.exists(period.resolve(PeriodChecksums.FILE)));
  }
}
