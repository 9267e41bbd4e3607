package explr.experiment;

import explr.measurement.AtomicFile;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest checkpoint of a run, and the one before it, which serves where the newest is damaged.
 *
 * @param folder of the run
 */
record Checkpoints(Path folder) {

  static final String NEWEST = "checkpoint.bin";
  static final String PREVIOUS = "checkpoint.previous.bin";

  /**
   * The newest that can be read, or nothing if none was written yet.
   *
   * @throws IOException if there are some and none can be gone on from; the message tells why
   */
  Optional<CheckpointFile> newest() throws IOException {
    List<String> damages = new ArrayList<>();
    for (String name : List.of(NEWEST, PREVIOUS)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        try {
          return Optional.of(CheckpointFile.read(Files.readAllBytes(file)));
        } catch (CheckpointFile.OtherVersionException e) {
          throw new IOException(
              "%s was written by another version of explr (%s). Go on with that version, or train anew: in another output folder, or here after throwing the run away (--force, or deleting the folder)"
                  .formatted(file, e.getMessage()),
              e);
        } catch (IOException damaged) {
          // The one before it gives the same bits a little later.
          damages.add(name + ": " + damaged.getMessage());
        }
      }
    }
    if (!damages.isEmpty()) {
      throw new IOException(
          "no checkpoint in %s can be read (%s). Put a copy in its place, or throw the run away and train anew (--force, or deleting the folder)"
              .formatted(folder, String.join("; ", damages)));
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
}
