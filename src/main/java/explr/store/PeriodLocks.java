package explr.store;

import explr.file.ProcessLock;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Locks periods of a run for training, and waits for other processes that train them.
 *
 * @param store that holds the run
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
   * Waits until another process releases a period, then locks it.
   *
   * @param done number of periods that are done
   * @return empty if another process has finished the next period after these
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

  /** Removes damaged files of a period; if another process holds the lock, leaves that to it. */
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
   * Finds where training begins after a period, while the next one is locked.
   *
   * @return empty if another process trained further before the lock was taken; the lock is then
   *     released
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

  /** The latest state from which the period after these can be trained. */
  StartingPoint start(int done) throws IOException {
    return StartingPoint.find(store, lineage, done, withSteps, notice);
  }
}
