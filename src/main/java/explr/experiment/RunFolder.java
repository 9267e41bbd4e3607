package explr.experiment;

import explr.measurement.AtomicFile;
import explr.measurement.Column;
import explr.measurement.Manifest;
import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.schedule.Rates;
import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import explr.training.Epoch;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Step;
import explr.training.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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

  private static final String MEASUREMENTS = "measurements.csv";
  private static final String STEPS = "steps.csv";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

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
    Path file = folder.resolve(MEASUREMENTS);
    boolean begun = Files.exists(file) && Files.size(file) > 0;
    return begun ? Optional.of(MeasurementLog.read(file)) : Optional.empty();
  }

  /** The manifest, if a run was begun here. */
  public Optional<Manifest> manifest() throws IOException {
    Path file = folder.resolve("manifest.json");
    return Files.exists(file) ? Optional.of(Manifest.read(file)) : Optional.empty();
  }

  /** Whether the run is done. */
  public boolean finished() throws IOException {
    return manifest().flatMap(found -> found.provenance().finished()).isPresent();
  }

  /** Removes the run, so that it can be trained anew. */
  public void discard() throws IOException {
    for (String name :
        List.of(
            "checkpoint.previous.bin",
            "checkpoint.bin",
            MEASUREMENTS,
            STEPS,
            "timing.jsonl",
            "manifest.json")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  /** The number of steps that need not be taken again. */
  public long iterationsDone() throws IOException {
    return newestCheckpoint().map(file -> file.checkpoint().state().iteration()).orElse(0L);
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
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      removeHalfWritten();
      Manifest begun = begin(manifest);
      if (begun.provenance().finished().isEmpty()) {
        train(task, rates, begun.identity(), stepsToo, progress);
        begun.finishedAt(Instant.now()).write(folder.resolve("manifest.json"));
      }
      return MeasurementLog.read(folder.resolve(MEASUREMENTS));
    }
  }

  /**
   * Waits a little for this process itself: a notebook's interrupted cell has ended while its
   * thread still finishes a step and saves.
   */
  private FileLock lock(FileChannel channel) throws IOException, InterruptedException {
    long patient = System.nanoTime() + PATIENCE.toNanos();
    FileLock lock = tryLock(channel);
    while (lock == null && System.nanoTime() < patient) {
      Thread.sleep(100);
      lock = tryLock(channel);
    }
    if (lock == null) {
      throw new IllegalStateException(
          "another process trains in "
              + folder
              + " (or an interrupted cell of this one is still at its last step); wait for it, or give another output folder");
    }
    return lock;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
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

  private Manifest begin(Manifest manifest) throws IOException {
    Optional<Manifest> found = manifest();
    if (found.isPresent()) {
      manifest.requireSameConfiguration(folder, found.get());
      return found.get();
    }
    manifest.write(folder.resolve("manifest.json"));
    return manifest;
  }

  private void train(Task task, Rates rates, String identity, boolean stepsToo, Listener progress)
      throws IOException, InterruptedException {
    Optional<CheckpointFile> from = newestCheckpoint();
    if (from.isPresent() && !from.get().identity().equals(identity)) {
      throw new IllegalStateException(
          "the checkpoint in %s belongs to another run than the manifest beside it; give another output folder, or throw the run away (--force)"
              .formatted(folder));
    }
    Map<String, Long> marks = from.map(CheckpointFile::marks).orElse(Map.of());
    try (MeasurementLog epochs = log(MEASUREMENTS, Column.perEpoch(task.watched()), marks);
        MeasurementLog steps = stepsToo ? log(STEPS, Column.perStep(task.watched()), marks) : null;
        Run run =
            from.isPresent()
                ? Run.resume(task, rates, from.get().checkpoint())
                : Run.start(task, rates)) {
      Recorder recorder = new Recorder(identity, epochs, steps, progress, task.batchSize());
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

  private MeasurementLog log(String name, List<Column> columns, Map<String, Long> marks)
      throws IOException {
    Path file = folder.resolve(name);
    if (marks.containsKey(name)) {
      return MeasurementLog.resume(file, columns, marks.get(name));
    }
    Files.deleteIfExists(file);
    return MeasurementLog.open(file, columns);
  }

  private Optional<CheckpointFile> newestCheckpoint() throws IOException {
    for (String name : new String[] {"checkpoint.bin", "checkpoint.previous.bin"}) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        byte[] bytes = Files.readAllBytes(file);
        try {
          return Optional.of(CheckpointFile.read(bytes));
        } catch (IOException damaged) {
          // The one before it, or the start, gives the same bits a little later.
          continue;
        }
      }
    }
    return Optional.empty();
  }

  /** Something that writes. */
  private interface Write {
    void run() throws IOException;
  }

  /**
   * Writes with the mark of an interrupt put aside: a channel written to by an interrupted thread
   * closes itself, and what was to be saved would be lost.
   */
  private static void uninterrupted(Write write) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      write.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Writes down what a run says, and saves it from time to time. */
  private final class Recorder implements Listener {
    private final String identity;
    private final MeasurementLog epochs;
    private final MeasurementLog steps;
    private final Listener progress;
    private long lastSave = System.nanoTime();
    private final int batchSize;
    private long stepBegan = System.nanoTime();
    private long stepNanos;
    private long images;

    Recorder(
        String identity,
        MeasurementLog epochs,
        MeasurementLog steps,
        Listener progress,
        int batchSize) {
      this.batchSize = batchSize;
      this.identity = identity;
      this.epochs = epochs;
      this.steps = steps;
      this.progress = progress;
    }

    @Override
    public boolean wantsSteps() {
      return steps != null || progress.wantsSteps();
    }

    @Override
    public void step(Step step) {
      if (steps != null) {
        record(steps, Rows.of(step));
      }
      progress.step(step);
    }

    @Override
    public void epoch(Epoch epoch) {
      record(epochs, Rows.of(epoch));
      // None where an earlier process took all of the epoch's steps.
      if (images > 0) {
        time(epoch.number());
      }
      images = 0;
      stepNanos = 0;
      progress.epoch(epoch);
      stepBegan = System.nanoTime();
    }

    private void time(long epoch) {
      Timing timing = new Timing(Math.toIntExact(epoch), images, stepNanos / 1e9);
      try {
        uninterrupted(() -> timing.appendTo(folder.resolve("timing.jsonl")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void record(MeasurementLog log, Map<Column, Number> row) {
      try {
        uninterrupted(() -> log.append(row));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void between(Run run) {
      images += batchSize;
      stepNanos += System.nanoTime() - stepBegan;
      if (System.nanoTime() - lastSave >= checkpointEvery.toNanos()) {
        try {
          save(run);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      progress.between(run);
      stepBegan = System.nanoTime();
    }

    /** The logs reach the disk before the checkpoint that counts on their length. */
    void save(Run run) throws IOException {
      uninterrupted(() -> write(run));
      lastSave = System.nanoTime();
    }

    private void write(Run run) throws IOException {
      Map<String, Long> marks = new LinkedHashMap<>();
      epochs.force();
      marks.put(MEASUREMENTS, epochs.length());
      if (steps != null) {
        steps.force();
        marks.put(STEPS, steps.length());
      }
      Checkpoint checkpoint = run.checkpoint();
      Path file = folder.resolve("checkpoint.bin");
      if (Files.exists(file)) {
        Files.move(
            file,
            folder.resolve("checkpoint.previous.bin"),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      AtomicFile.write(file, new CheckpointFile(identity, marks, checkpoint).toBytes());
    }
  }
}
