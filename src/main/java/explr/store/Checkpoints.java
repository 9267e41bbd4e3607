package explr.store;

import explr.file.AtomicFile;
import explr.file.FileFailure;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** Looks whether all that a run needs besides the checkpoint is there. */
  @FunctionalInterface
  interface Fit {
    /** Nothing, or what is missing. */
    Optional<String> lacks(CheckpointFile checkpoint) throws IOException;
  }

  /**
   * The newest that can be read and continued from. Without one the period begins again from the
   * state before it, which gives the same bits a little later.
   *
   * @param notice receives a sentence on each that cannot
   */
  Optional<CheckpointFile> newest(Fit fit, Consumer<String> notice) throws IOException {
    for (String name : List.of(NEWEST, PREVIOUS)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        try {
          CheckpointFile read = read(file, address);
          Optional<String> lack = fit.lacks(read);
          if (lack.isEmpty()) {
            return Optional.of(read);
          }
          notice.accept(lack.get() + "; training continues from an earlier state");
        } catch (IOException damaged) {
          notice.accept(
              file
                  + ": "
                  + FileFailure.reason(damaged)
                  + "; training continues from an earlier state");
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A checkpoint, or a state.
   *
   * @throws IOException if it is damaged or of another address
   */
  static CheckpointFile read(Path file, Address address) throws IOException {
    CheckpointFile read = CheckpointFile.read(Files.readAllBytes(file));
    if (!read.identity().equals(address.hex())) {
      throw new IOException("it belongs to another run");
    }
    return read;
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
