package explr.experiment;

import explr.measurement.Manifest;
import explr.measurement.MeasurementLog;
import explr.schedule.Rates;
import explr.training.CheckpointFile;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * The folder of one run: its manifest, measurements, timing and checkpoint.
 *
 * <p>A run can be killed at any moment. Trained again in its folder it goes on from the last
 * checkpoint, with the measurements cut back to that moment, and ends with the bytes of an
 * undisturbed run. A checkpoint is written aside, forced to disk and renamed; the one before it
 * stays until the next, and serves where the newest is damaged.
 *
 * <pre>
 * manifest.json       what decides and describes the run; has a time of finishing once it is done
 * measurements.csv    a row per epoch
 * steps.csv           a row per step, on request
 * timing.jsonl        images and seconds per epoch, which differ from run to run
 * checkpoint.bin, checkpoint.previous.bin
 * </pre>
 */
public final class RunFolder {

  private static final String MANIFEST = "manifest.json";

  /** What a run leaves, the manifest last: a discard that is killed can be repeated. */
  private static final List<String> FILES =
      List.of(
          Checkpoints.PREVIOUS,
          Checkpoints.NEWEST,
          Logs.EPOCHS,
          Logs.STEPS,
          Recorder.TIMING,
          MANIFEST);

  private final Path folder;
  private final Duration checkpointEvery;

  /**
   * A run's folder, which need not exist.
   *
   * @param checkpointEvery at most this much work is lost when the process is killed; 0 for a
   *     checkpoint after every step
   */
  public RunFolder(Path folder, Duration checkpointEvery) {
    this.folder = folder;
    this.checkpointEvery = checkpointEvery;
  }

  /** The per-epoch measurements so far; no table before training began. */
  public Optional<Table> measurements() throws IOException {
    Path file = folder.resolve(Logs.EPOCHS);
    boolean begun = Files.exists(file) && Files.size(file) > 0;
    return begun ? Optional.of(MeasurementLog.read(file)) : Optional.empty();
  }

  /** The manifest, if a run was begun here. */
  public Optional<Manifest> manifest() throws IOException {
    Path file = folder.resolve(MANIFEST);
    return Files.exists(file) ? Optional.of(Manifest.read(file)) : Optional.empty();
  }

  /** Whether the run is done. */
  public boolean finished() throws IOException {
    return manifest().flatMap(found -> found.provenance().finished()).isPresent();
  }

  /**
   * Looks whether another run lies here.
   *
   * @throws IllegalStateException if it does, naming the settings that differ
   */
  public void requireSameConfiguration(Manifest wanted) throws IOException {
    Optional<Manifest> found = manifest();
    if (found.isPresent()) {
      wanted.requireSameConfiguration(folder, found.get());
    }
  }

  /**
   * Removes the run, so that it can be trained anew.
   *
   * @throws IllegalStateException if another process trains in the folder
   */
  public void discard() throws IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (RunLock lock = RunLock.on(folder)) {
      for (String name : FILES) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  /** The number of steps that need not be taken again. */
  public long iterationsDone() throws IOException {
    return new Checkpoints(folder)
        .newest()
        .map(file -> file.checkpoint().state().iteration())
        .orElse(0L);
  }

  /**
   * Trains the run, or what is left of it, and returns its measurements.
   *
   * @param manifest of the run to be; must agree with one found here
   * @param stepsToo whether every step is measured
   * @param progress hears of epochs and steps
   * @throws InterruptedException if the thread was interrupted; the run was saved and can go on
   * @throws IllegalStateException if the folder holds another run, or another process trains in it
   */
  public Table train(Task task, Rates rates, Manifest manifest, boolean stepsToo, Listener progress)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (RunLock lock = RunLock.on(folder)) {
      removeHalfWritten();
      Manifest begun = Uninterrupted.get(() -> begin(manifest));
      if (begun.provenance().finished().isEmpty()) {
        train(task, rates, begun.identity(), stepsToo, progress);
        Manifest done = begun.finishedAt(Instant.now());
        Uninterrupted.run(() -> done.write(folder.resolve(MANIFEST)));
      }
      return Uninterrupted.get(() -> MeasurementLog.read(folder.resolve(Logs.EPOCHS)));
    }
  }

  /** What a killed process was writing aside. */
  private void removeHalfWritten() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.new")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** The manifest found here, if it agrees; else the new one, written down. */
  private Manifest begin(Manifest manifest) throws IOException {
    requireSameConfiguration(manifest);
    Optional<Manifest> found = manifest();
    if (found.isEmpty()) {
      manifest.write(folder.resolve(MANIFEST));
    }
    return found.orElse(manifest);
  }

  private void train(Task task, Rates rates, String identity, boolean stepsToo, Listener progress)
      throws IOException, InterruptedException {
    Optional<CheckpointFile> from = Uninterrupted.get(new Checkpoints(folder)::newest);
    if (from.isPresent() && !from.get().identity().equals(identity)) {
      throw new IllegalStateException(
          "the checkpoint in %s belongs to another run than the manifest beside it; give another output folder, or throw the run away (--force)"
              .formatted(folder));
    }
    Map<String, Long> marks = from.map(CheckpointFile::marks).orElse(Map.of());
    try (Logs logs = Uninterrupted.get(() -> Logs.open(folder, task, stepsToo, marks));
        Run run =
            from.isPresent()
                ? Run.resume(task, rates, from.get().checkpoint())
                : Run.start(task, rates)) {
      Recorder recorder =
          new Recorder(folder, checkpointEvery, identity, task.batchSize(), logs, progress);
      try {
        run.train(recorder);
      } catch (InterruptedException e) {
        recorder.save(run);
        throw e;
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      recorder.save(run);
    }
  }
}
