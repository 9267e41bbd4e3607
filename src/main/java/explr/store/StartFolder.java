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
 * The folder of a start: of all that was trained from one network with its data, seed and machine.
 *
 * <p>What it is of is written in it twice, because thread counts are read there: a text counts if
 * its SHA-256 is the folder's name.
 *
 * @param folder which need not exist
 */
record StartFolder(Path folder) {

  static final String IDENTITY = "identity.json";
  static final String COPY = "identity.copy.json";

  /** What it is of; empty if neither text fits the folder's name. */
  Optional<Identity> identity() throws IOException {
    for (String name : List.of(IDENTITY, COPY)) {
      Optional<Identity> read = IdentityFile.read(folder.resolve(name), folder);
      if (read.isPresent()) {
        return read;
      }
    }
    return Optional.empty();
  }

  /** Whether it is that of a start, by its name. */
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

  /** Removes what is in the folder besides periods and labels. */
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

  /** Removes the folder if nothing is in it. */
  void removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException used) {
      return;
    }
  }

  /**
   * Writes what it is of, where that is not written or damaged.
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

  /** Whether some period in it is done. */
  boolean hasDonePeriod() throws IOException {
    return periods().stream().anyMatch(period -> Files.exists(period.resolve(Contents.FILE)));
  }
}
