package explr.store;

import explr.file.Leftovers;
import explr.file.ProcessLock;
import explr.training.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tech.tablesaw.api.Table;

/**
 * A run that is trained in a {@link Store} and can be resumed at any time. Periods that any process
 * has finished are not trained again.
 *
 * <p>The process can be killed at any moment. The next training continues from the newest readable
 * state on disk, and ends with the bytes of an undisturbed run. Damaged periods are trained again
 * from the state before them. If another process trains the next period, this one waits for it and
 * continues from there.
 *
 * @param store that holds it
 * @param lineage the addresses of its periods
 * @param forks addresses of states at which other runs fork from it; these states are kept
 * @param checkpointEvery at most this much work is lost when the process is killed; 0 for a
 *     checkpoint after every step
 * @param commit of the sources, if known; recorded with training times
 * @param label the purpose of the run, if people are to see it in the store
 */
public record ResumableRun(
    Store store,
    Lineage lineage,
    Set<Address> forks,
    Duration checkpointEvery,
    Optional<String> commit,
    Optional<Label> label) {

  /**
   * The number of iterations up to the end of a period that need not be trained again. Labels the
   * run if all its periods are done.
   *
   * @param until the period
   * @param withSteps whether every step must be measured
   * @throws LaterVersionException if a later version of this program wrote a file that is needed
   */
  public long iterationsDone(int until, boolean withSteps) throws IOException {
    new TakeOver(store, lineage).moveWhatIsWhole();
    int done = store.extent(lineage, withSteps).periods();
    if (done == lineage.length()) {
      writeLabel();
    }
    return done >= until
        ? lineage.end(until)
        : StartingPoint.find(store, lineage, done, withSteps, ignored -> {})
            .checkpoint()
            .map(checkpoint -> checkpoint.state().iteration())
            .orElse(0L);
  }

  /**
   * Trains what is left of the run, and returns all its measurements.
   *
   * @param withSteps whether every step is measured
   * @param progress receives periods, steps and notices
   * @throws LaterVersionException if a later version of this program wrote a file that is needed
   * @throws IOException if the store cannot be read or written
   * @throws InterruptedException if the thread was interrupted; the run was saved and can continue
   */
  public Table train(boolean withSteps, Listener progress)
      throws IOException, InterruptedException {
    train(lineage.length(), withSteps, progress);
    return Uninterrupted.get(() -> store.measurements(lineage)).orElseThrow();
  }

  /**
   * Trains what is left of the first periods.
   *
   * @param until number of periods
   * @param withSteps whether every step is measured
   * @param progress receives periods, steps and notices
   * @throws LaterVersionException if a later version of this program wrote a file that is needed
   * @throws IOException if the store cannot be read or written
   * @throws InterruptedException if the thread was interrupted; the run was saved and can continue
   */
  public void train(int until, boolean withSteps, Listener progress)
      throws IOException, InterruptedException {
    Consumer<String> notice = once(progress);
    Uninterrupted.run(() -> new TakeOver(store, lineage).move(notice));
    Uninterrupted.run(() -> describe(until, notice));
    PeriodLocks locks = new PeriodLocks(store, lineage, withSteps, notice);
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped before training continued");
      }
      Store.Extent extent = Uninterrupted.get(() -> store.extent(lineage, withSteps));
      if (extent.periods() >= until) {
        return;
      }
      if (extent.damage().isPresent()) {
        locks.removeDamaged(extent.periods() + 1);
        continue;
      }
      int last = Uninterrupted.get(() -> locks.start(extent.periods())).period();
      Optional<ProcessLock> lock = locks.lock(last + 1);
      if (lock.isEmpty()) {
        notice.accept(
            String.format(
                Locale.ROOT,
                "%s trains the next period (%s); waiting for it",
                store.entry(lineage, last + 1).whoTrains(),
                Integer.toString(last + 1)));
        lock = locks.await(last + 1, extent.periods());
      }
      if (lock.isPresent()) {
        Optional<StartingPoint> start = locks.startUnder(lock.get(), last);
        if (start.isPresent()) {
          new PeriodTraining(this, locks, until, progress).train(start.get(), lock.get());
        }
      }
    }
  }

  /** Passes each sentence on only once. */
  private static Consumer<String> once(Listener progress) {
    Set<String> passedOn = new HashSet<>();
    return sentence -> {
      if (passedOn.add(sentence)) {
        progress.notice(sentence);
      }
    };
  }

  /**
   * Writes label and identities of start and finished periods where they are missing or damaged.
   */
  private void describe(int until, Consumer<String> notice) throws IOException {
    StartFolder start = store.start(lineage);
    start.write(lineage.identity(0), notice);
    Leftovers.remove(start.folder());
    writeLabel();
    for (int period = 1; period <= until; period++) {
      Entry entry = store.entry(lineage, period);
      if (entry.isDone()) {
        describe(entry, period, notice);
        entry.markUsed();
      }
    }
  }

  /** Periods that are not done are described by the process that trains them. */
  private void describe(Entry entry, int period, Consumer<String> notice) throws IOException {
    Path identity = entry.file(StartFolder.IDENTITY);
    if (IdentityFile.mismatch(identity, entry.folder()).isPresent()) {
      Optional<ProcessLock> lock = entry.lock();
      if (lock.isPresent()) {
        ProcessLock held = lock.get();
        try (held) {
          entry.writer().describe(lineage, period, notice);
        }
      }
    }
  }

  private void writeLabel() throws IOException {
    if (label.isPresent() && lineage.length() > 0) {
      new LabelFile(label.get(), lineage.periods()).write(store.start(lineage));
    }
  }
}
