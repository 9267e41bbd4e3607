package explr.store;

import explr.file.ProcessLock;
import explr.training.Listener;
import explr.training.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Trains consecutive periods of a run, each under its lock.
 *
 * @param stored the run
 * @param locks of its periods
 * @param until the last period to train
 * @param progress receives periods and steps
 */
record PeriodTraining(ResumableRun stored, PeriodLocks locks, int until, Listener progress) {

  /**
   * Trains from a state to the last period, or until another process trains or has trained the next
   * one.
   *
   * @param first the lock of the first period, which this method releases
   */
  void train(StartingPoint start, ProcessLock first) throws IOException, InterruptedException {
    Optional<ProcessLock> lock = Optional.of(first);
    try (Run run = open(start)) {
      Uninterrupted.run(() -> prepare(start));
      Map<String, Long> marks = start.marks();
      for (int period = start.period() + 1; period <= until; period++) {
        int next = period;
        if (next > start.period() + 1 && Uninterrupted.get(() -> isPassed(next))) {
          Uninterrupted.run(() -> states().dropBefore(next));
          return;
        }
        if (lock.isEmpty()) {
          lock = locks.lock(next);
        }
        if (lock.isEmpty()) {
          return;
        }
        train(run, period, locks.withSteps() ? Optional.of(marks) : Optional.empty());
        marks = Map.of();
        Uninterrupted.run(() -> states().drop(next - 2));
        lock.get().close();
        lock = Optional.empty();
      }
      Uninterrupted.run(() -> states().drop(until - 1));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /** Removes states and a checkpoint that a killed process left and that are not used. */
  private void prepare(StartingPoint start) throws IOException {
    states().dropBefore(start.period() - 1);
    if (start.within().isPresent()) {
      entry(start.period() + 1).checkpoints().removeRejected(start.within().get());
    }
  }

  /**
   * Whether a period and all later ones up to a kept state are done: another process has trained
   * them, or they follow a damaged period.
   */
  private boolean isPassed(int period) throws IOException {
    try {
      for (int later = period; later <= until; later++) {
        Entry entry = entry(later);
        if (!entry.hasRow() || (locks.withSteps() && !entry.hasSteps())) {
          return false;
        }
        if (later == until || entry.hasState()) {
          return true;
        }
      }
    } catch (DamagedFileException trainedAgain) {
      return false;
    }
    return false;
  }

  private Run open(StartingPoint start) {
    Lineage lineage = stored.lineage();
    return start.checkpoint().isPresent()
        ? Run.resume(lineage.task(), lineage.rates(), start.checkpoint().get())
        : Run.start(lineage.task(), lineage.rates());
  }

  private void train(Run run, int period, Optional<Map<String, Long>> steps)
      throws IOException, InterruptedException {
    try (Recorder recorder = Recorder.open(stored, entry(period), steps, progress)) {
      try {
        run.train(recorder, stored.lineage().end(period));
      } catch (InterruptedException e) {
        recorder.stop(run, period);
        throw e;
      }
      recorder.finish(run);
    }
  }

  private Entry entry(int period) {
    return stored.store().entry(stored.lineage(), period);
  }

  private KeptStates states() {
    return new KeptStates(stored.store(), stored.lineage(), stored.forks(), until);
  }
}
