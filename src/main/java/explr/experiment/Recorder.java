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
    filed(() -> logs.append(step));
    progress.step(step);
  }

  @Override
  public void epoch(Epoch epoch) {
    filed(() -> logs.append(epoch));
    // None where an earlier process took all of the epoch's steps.
    if (images > 0) {
      Timing timing = new Timing(Math.toIntExact(epoch.number()), images, stepNanos / 1e9);
      filed(() -> timing.appendTo(folder.resolve(TIMING)));
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
      try {
        save(run);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    progress.between(run);
    stepBegan = System.nanoTime();
  }

  /** Saves the run now; the logs reach the disk before the checkpoint that counts on them. */
  void save(Run run) throws IOException {
    Map<String, Long> marks = Uninterrupted.get(logs::marks);
    CheckpointFile file = new CheckpointFile(identity, marks, run.checkpoint());
    Uninterrupted.run(() -> new Checkpoints(folder).write(file));
    lastSave = System.nanoTime();
  }

  private static void filed(Uninterrupted.Action action) {
    try {
      Uninterrupted.run(action);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
