package explr.store;

import explr.file.ProcessLock;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Locks periods of a run for the process that trains them, and waits for other processes that do.
 *
 * @param store where the run is trained
 * @param lineage of the run
 * @param withSteps whether a period is done only if every step of it was measured
 * @param notice receives a sentence on what is damaged
 */
record PeriodLocks(Store store, Lineage lineage, boolean withSteps, Consumer<String> notice) {

  private static final long MILLIS_BETWEEN_LOOKS = 200;

  /** Locks a period and describes it; empty if another process or thread holds the lock. */
  Optional<ProcessLock> lock(int period) throws IOException {
    return Uninterrupted.get(
        () -> {
          Entry entry = store.entry(lineage, period);
          Optional<ProcessLock> lock = entry.lock();
          if (lock.isPresent()) {
            entry.removal().removeHalfWritten();
            entry.writer().describe(lineage, period, notice);
          }
          return lock;
        });
  }

  /**
   * Waits until another process releases a period, and locks it then.
   *
   * @param done how many periods are done
   * @return empty if another process has finished the period after these
   */
  Optional<ProcessLock> await(int period, int done) throws IOException, InterruptedException {
    while (true) {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
      Optional<ProcessLock> lock = lock(period);
      if (lock.isPresent() || Uninterrupted.get(() -> isDone(done + 1))) {
        return lock;
      }
    }
  }

  private boolean isDone(int period) throws IOException {
    try {
      return store.isDone(lineage, period, withSteps);
    } catch (DamagedFileException repairedByItsTrainer) {
      return false;
    }
  }

  /** Removes what is damaged of a period, unless another process holds its lock and does so. */
  void removeDamaged(int period) throws IOException, InterruptedException {
    Entry entry = store.entry(lineage, period);
    Optional<ProcessLock> lock = Uninterrupted.get(entry::lock);
    if (lock.isEmpty()) {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
      return;
    }
    ProcessLock held = lock.get();
    try (held) {
      Uninterrupted.run(() -> entry.removal().removeDamaged(notice));
    }
  }

  /**
   * Finds where to begin after a period, under its lock.
   *
   * @return empty, and the lock released, if another process trained further before it was locked
   */
  Optional<StartingPoint> startUnder(ProcessLock lock, int period) throws IOException {
    Optional<StartingPoint> start = Optional.empty();
    try {
      start =
          Optional.of(Uninterrupted.get(() -> start(store.extent(lineage, withSteps).periods())))
              .filter(found -> found.period() == period);
    } finally {
      if (start.isEmpty()) {
        lock.close();
      }
    }
    return start;
  }

  /** The furthest state from which the period after these can be reached. */
  StartingPoint start(int done) throws IOException {
    return StartingPoint.find(store, lineage, done, withSteps, notice);
  }
}
