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

/** Records the measurements of a run in one period, and saves the run at intervals. */
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
   * @param steps if every step is recorded: the marks of the checkpoint from which the run
   *     continues
   * @param progress called after a measurement is on disk
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

  /** Passed on after it is on disk. */
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

  /** Saves the run; the log reaches the disk before the checkpoint that relies on it. */
  void save(Run run) throws IOException {
    Map<String, Long> marks = Uninterrupted.get(this::marks);
    // In this thread, which holds the monitor of the run.
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

  /** Makes the period done, after all its steps and the measurement. */
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

  /** Records the training time since the recorder was opened, if a step was taken. */
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
