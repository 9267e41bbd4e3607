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
 * The newest checkpoint of a period in training, and the one before it, which is used if the newest
 * is damaged.
 *
 * @param folder of the period
 * @param address of the period's end, which is in each checkpoint
 */
record Checkpoints(Path folder, Address address) {

  static final String NEWEST = "checkpoint.bin";
  static final String PREVIOUS = "checkpoint.previous.bin";

  /** Checks whether everything exists that a run needs in addition to the checkpoint. */
  @FunctionalInterface
  interface Requirement {
    /** What is missing; empty if nothing is. */
    Optional<String> missing(CheckpointFile checkpoint) throws IOException;
  }

  /**
   * The newest checkpoint from which a run can continue. Without one, the period is trained again
   * from the state before it and gives the same bits.
   *
   * @param notice receives a sentence on each checkpoint that cannot be used
   * @throws LaterVersionException if a later version wrote one: training would replace it
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
   * Reads a checkpoint or a state.
   *
   * @throws LaterVersionException if a later version wrote it
   * @throws IOException if it is damaged or has another address
   */
  static CheckpointFile read(Path file, Address address) throws IOException {
    CheckpointFile read = read(file);
    if (!read.identity().equals(address.hex())) {
      throw new IOException("it belongs to another run");
    }
    return read;
  }

  /**
   * Reads a checkpoint or a state with any address.
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
   * Removes the newest unless the run continues from it. Otherwise the next write would keep it
   * instead of the one used, and a kill during the write would lose the period.
   */
  void removeRejected(CheckpointFile used) throws IOException {
    Path newest = folder.resolve(NEWEST);
    if (Files.exists(newest) && !Arrays.equals(Files.readAllBytes(newest), used.toBytes())) {
      Files.delete(newest);
    }
  }

  /** Writes a newer one atomically, and keeps the former newest as the previous one. */
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

  /** Whether there is one, damaged or not. */
  boolean any() {
    return Files.exists(folder.resolve(NEWEST)) || Files.exists(folder.resolve(PREVIOUS));
  }

  /** Removes both. */
  void delete() throws IOException {
    Files.deleteIfExists(folder.resolve(PREVIOUS));
    Files.deleteIfExists(folder.resolve(NEWEST));
  }
}
