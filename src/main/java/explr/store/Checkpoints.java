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
 */
record Checkpoints(Path folder) {

  static final String NEWEST = "checkpoint.bin";
  static final String PREVIOUS = "checkpoint.previous.bin";

  /**
   * The newest that can be read. Without one the period begins anew from the state before it, which
   * gives the same bits a little later.
   *
   * @param notice is told of each that cannot be read
   */
  Optional<CheckpointFile> newest(Consumer<String> notice) {
    for (String name : List.of(NEWEST, PREVIOUS)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        try {
          return Optional.of(CheckpointFile.read(Files.readAllBytes(file)));
        } catch (IOException damaged) {
          notice.accept(
              file + ": " + FileFailure.reason(damaged) + "; going on from an earlier state");
        }
      }
    }
    return Optional.empty();
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

  /** Removes both. */
  void delete() throws IOException {
    Files.deleteIfExists(folder.resolve(PREVIOUS));
    Files.deleteIfExists(folder.resolve(NEWEST));
  }
}
