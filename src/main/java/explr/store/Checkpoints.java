package explr.store;

import explr.file.AtomicFile;
import explr.file.FileFailure;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The newest checkpoint of a period in training, and the one before it, which serves where the
 * newest is damaged.
 *
 * @param folder of the period
 * @param address of the period's end, which is in each checkpoint
 */
record Checkpoints(Path folder, Address address) {

  static final String NEWEST = "checkpoint.bin";
  static final String PREVIOUS = "checkpoint.previous.bin";

  /** Checks whether all that a run needs besides the checkpoint is there. */
  @FunctionalInterface
  interface Requirement {
    /** Nothing, or what is missing. */
    Optional<String> missing(CheckpointFile checkpoint) throws IOException;
  }

  /**
   * The newest that can be read and continued from. Without one the period begins again from the
   * state before it, which gives the same bits a little later.
   *
   * @param notice receives a sentence on each that cannot
   * @throws LaterVersionException if a later version wrote one: a training would replace it
   */
  Optional<CheckpointFile> newest(Requirement requirement, Consumer<String> notice)
      throws IOException {
    for (String name : List.of(NEWEST, PREVIOUS)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        try {
          CheckpointFile read = read(file, address);
          Optional<String> lack = requirement.missing(read);
          if (lack.isEmpty()) {
            return Optional.of(read);
          }
          notice.accept(lack.get() + Entry.FROM_EARLIER);
        } catch (NoSuchFileException removed) {
          continue;
        } catch (LaterVersionException notDamaged) {
          throw notDamaged;
        } catch (IOException damaged) {
          notice.accept(file + ": " + FileFailure.reason(damaged) + Entry.FROM_EARLIER);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A checkpoint, or a state.
   *
   * @throws LaterVersionException if a later version wrote it
   * @throws IOException if it is damaged or of another address
   */
  static CheckpointFile read(Path file, Address address) throws IOException {
    CheckpointFile read = read(file);
    if (!read.identity().equals(address.hex())) {
      throw new IOException("it belongs to another run");
    }
    return read;
  }

  /**
   * The same of any address.
   *
   * @throws LaterVersionException if a later version wrote it
   * @throws IOException if it is damaged
   */
  static CheckpointFile read(Path file) throws IOException {
    try {
      return CheckpointFile.read(Files.readAllBytes(file));
    } catch (CheckpointFile.LaterVersionException e) {
      throw new LaterVersionException(file);
    }
  }

  /**
   * Removes the newest if it is not the one that the run continues from. Otherwise the next write
   * would keep it in place of that one, and a kill during the write would lose the period.
   */
  void removeRejected(CheckpointFile used) throws IOException {
    Path newest = folder.resolve(NEWEST);
    if (Files.exists(newest) && !Arrays.equals(Files.readAllBytes(newest), used.toBytes())) {
      Files.delete(newest);
    }
  }

  /** Writes a newer one, aside and forced to disk; what was the newest is kept. */
  void write(CheckpointFile checkpoint) throws IOException {
    Path newest = folder.resolve(NEWEST);
    if (Files.exists(newest)) {
      Files.move(
          newest,
          folder.resolve(PREVIOUS),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    AtomicFile.write(newest, checkpoint.toBytes());
  }

  /** Whether there is one, whole or not. */
  boolean any() {
    return Files.exists(folder.resolve(NEWEST)) || Files.exists(folder.resolve(PREVIOUS));
  }

  /** Removes both. */
  void delete() throws IOException {
    Files.deleteIfExists(folder.resolve(PREVIOUS));
    Files.deleteIfExists(folder.resolve(NEWEST));
  }
}
