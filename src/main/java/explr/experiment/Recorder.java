package explr.experiment;

import explr.measurement.Timing;
import explr.training.CheckpointFile;
import explr.training.Epoch;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Writes down what a run says, and saves it from time to time. */
final class Recorder implements Listener {

  static final String TIMING = "timing.jsonl";

  private final Path folder;
  private final Duration checkpointEvery;
  private final String identity;
  private final int batchSize;
  private final Logs logs;
  private final Listener progress;
  private long lastSave = System.nanoTime();
  private long stepBegan = System.nanoTime();
  private long stepNanos;
  private long images;

  /**
   * A recorder of one run in its folder.
   *
   * @param checkpointEvery the time between checkpoints
   * @param identity of the run, for its checkpoints
   * @param batchSize images in a step
   * @param progress hears of everything after it was written down
   */
  Recorder(
      Path folder,
      Duration checkpointEvery,
      String identity,
      int batchSize,
      Logs logs,
      Listener progress) {
    this.folder = folder;
    this.checkpointEvery = checkpointEvery;
    this.identity = identity;
    this.batchSize = batchSize;
    this.logs = logs;
    this.progress = progress;
  }

  @Override
  public boolean wantsSteps() {
    return logs.steps().isPresent() || progress.wantsSteps();
  }

  @Override
  public void step(Step step) {
    unchecked(() -> logs.append(step));
    progress.step(step);
  }

  @Override
  public void epoch(Epoch epoch) {
    unchecked(() -> logs.append(epoch));
    // None where an earlier process took all of the epoch's steps.
    if (images > 0) {
      Timing timing = new Timing(Math.toIntExact(epoch.number()), images, stepNanos / 1e9);
      unchecked(() -> timing.appendTo(folder.resolve(TIMING)));
    }
    images = 0;
    stepNanos = 0;
    progress.epoch(epoch);
    stepBegan = System.nanoTime();
  }

  @Override
  public void between(Run run) {
    images += batchSize;
    stepNanos += System.nanoTime() - stepBegan;
    if (System.nanoTime() - lastSave >= checkpointEvery.toNanos()) {
      unchecked(() -> write(run));
    }
    progress.between(run);
    stepBegan = System.nanoTime();
  }

  /** Saves the run now. */
  void save(Run run) throws IOException {
    uninterrupted(() -> write(run));
  }

  /** The logs reach the disk before the checkpoint that counts on their length. */
  private void write(Run run) throws IOException {
    Map<String, Long> marks = logs.marks();
    new Checkpoints(folder).write(new CheckpointFile(identity, marks, run.checkpoint()));
    lastSave = System.nanoTime();
  }

  /** Something that writes. */
  private interface Write {
    void run() throws IOException;
  }

  private static void unchecked(Write write) {
    try {
      uninterrupted(write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
}
