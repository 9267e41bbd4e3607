package explr.store;

import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.training.Checkpoint;
import explr.training.Listener;
import explr.training.Period;
import explr.training.Run;
import explr.training.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Writes down what a run measures in one period, and saves it from time to time. */
final class Recorder implements Listener, AutoCloseable {

  private final Entry entry;
  private final ResumableRun stored;
  private final Optional<MeasurementLog> steps;
  private final Listener progress;
  private long lastSave = System.nanoTime();
  private long stepBegan = System.nanoTime();
  private long stepNanos;
  private long images;
  private Period measured;

  private Recorder(
      ResumableRun stored, Entry entry, Optional<MeasurementLog> steps, Listener progress) {
    this.stored = stored;
    this.entry = entry;
    this.steps = steps;
    this.progress = progress;
  }

  /**
   * A recorder of a period of a run.
   *
   * @param steps where every step is to be written down: the marks of the checkpoint that the run
   *     continues from
   * @param progress is called after everything is written down
   */
  static Recorder open(
      ResumableRun stored, Entry entry, Optional<Map<String, Long>> steps, Listener progress)
      throws IOException {
    Optional<MeasurementLog> log =
        steps.isPresent()
            ? Optional.of(
                Uninterrupted.get(
                    () -> entry.writer().openSteps(stored.lineage().task().watched(), steps.get())))
            : Optional.empty();
    return new Recorder(stored, entry, log, progress);
  }

  @Override
  public boolean wantsSteps() {
    return steps.isPresent() || progress.wantsSteps();
  }

  @Override
  public void step(Step step) {
    if (steps.isPresent()) {
      unchecked(() -> steps.get().append(Rows.of(step)));
    }
    progress.step(step);
  }

  /** Passed on when it is written down. */
  @Override
  public void period(Period period) {
    measured = period;
  }

  @Override
  public void between(Run run, int steps) {
    images += (long) steps * stored.lineage().task().batchSize();
    stepNanos += System.nanoTime() - stepBegan;
    if (System.nanoTime() - lastSave >= stored.checkpointEvery().toNanos()) {
      try {
        save(run);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    progress.between(run, steps);
    stepBegan = System.nanoTime();
  }

  /** Saves the run now; the log reaches the disk before the checkpoint that counts on it. */
  void save(Run run) throws IOException {
    Map<String, Long> marks = Uninterrupted.get(this::marks);
    // Not in the thread for files: the run's own thread holds the monitor of the run.
    Checkpoint checkpoint = run.checkpoint();
    Uninterrupted.run(() -> entry.writer().write(marks, checkpoint));
    lastSave = System.nanoTime();
  }

  private Map<String, Long> marks() throws IOException {
    if (steps.isEmpty()) {
      return Map.of();
    }
    steps.get().force();
    return StepsMark.of(steps.get().mark());
  }

  /** Makes the period done, once all of its steps are taken and it is measured. */
  void finish(Run run) throws IOException {
    Uninterrupted.get(this::marks);
    close();
    Checkpoint end = run.checkpoint();
    Optional<MeasurementLog.Mark> written = steps.map(MeasurementLog::mark);
    Uninterrupted.run(
        () -> entry.writer().finish(measured, stored.lineage().task().watched(), end, written));
    appendTiming(measured.number());
    progress.period(measured);
  }

  /** Saves a run that stops in the middle of a period. */
  void stop(Run run, long period) throws IOException {
    save(run);
    appendTiming(period);
  }

  /** Writes down how long this stretch took, if any step was taken in it. */
  private void appendTiming(long period) throws IOException {
    if (images > 0) {
      Timing timing = Timing.now(period, images, stepNanos / 1e9, stored.commit());
      Uninterrupted.run(() -> entry.writer().append(timing));
    }
  }

  private static void unchecked(Uninterrupted.Action action) {
    try {
      Uninterrupted.run(action);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (steps.isPresent()) {
      steps.get().close();
    }
  }
}
