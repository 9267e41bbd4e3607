package explr.store;

import explr.file.Owner;
import explr.file.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a period, inspected without knowledge of its run.
 *
 * @param path the folder
 * @param done whether the period is done and undamaged
 * @param damage what is wrong with it, if it is done and damaged
 * @param later present if a later version of this program wrote it
 * @param trainedBy the process that trains it now
 * @param bytes of all its files
 * @param lastUsed when it was last trained or read
 */
public record PeriodFolder(
    Path path,
    boolean done,
    Optional<DamagedFileException> damage,
    Optional<LaterVersionException> later,
    Optional<Owner> trainedBy,
    long bytes,
    Optional<Instant> lastUsed) {

  /**
   * Inspects a folder.
   *
   * @return empty if it was removed
   */
  static Optional<PeriodFolder> inspect(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    boolean done = false;
    Optional<DamagedFileException> damage = Optional.empty();
    Optional<LaterVersionException> later = Optional.empty();
    try {
      done = Entry.verifiedIn(folder).isPresent();
    } catch (DamagedFileException e) {
      damage = Optional.of(e);
    } catch (LaterVersionException e) {
      later = Optional.of(e);
    }
    return Optional.of(
        new PeriodFolder(
            folder,
            done,
            damage,
            later,
            ProcessLock.holder(folder.resolve(Entry.LOCK)),
            bytes(folder),
            newest(folder)));
  }

  /** The same for a folder of version 0.1.0, which has no checksums that reveal damage. */
  static PeriodFolder ofEarlierVersion(Path folder) throws IOException {
    return new PeriodFolder(
        folder,
        Files.exists(folder.resolve(Entry.MEASUREMENT)),
        Optional.empty(),
        Optional.empty(),
        ProcessLock.holder(folder.resolve(Entry.LOCK)),
        bytes(folder),
        newest(folder));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (NoSuchFileException removedMeanwhile) {
      return List.of();
    }
  }

  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : files(folder)) {
      bytes += size(file);
    }
    return bytes;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException removedMeanwhile) {
      return 0;
    }
  }

  /** The date of the newest file except the lock; reading a period updates its checksums' date. */
  private static Optional<Instant> newest(Path folder) throws IOException {
    Optional<Instant> newest = Optional.empty();
    for (Path file : files(folder)) {
      if (!file.endsWith(Entry.LOCK)) {
        newest = UseDate.later(newest, UseDate.of(file));
      }
    }
    return newest;
  }
}
