package explr.store;

import explr.file.Leftovers;
import explr.file.ProcessLock;
import explr.schedule.Rates;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tech.tablesaw.api.Table;

/**
 * A run that is trained in a {@link Store}. Periods that any process has finished are not trained
 * again.
 *
 * <p>It can be killed at any moment. Trained again, it continues from the newest state on the disk
 * that can be read, and ends with the bytes of an undisturbed run. What is damaged on the disk is
 * trained again from the state before it. Where another process trains what it needs next, it waits
 * for that process and continues from there.
 *
 * @param store where it lies
 * @param lineage the addresses of its periods
 * @param task what is trained
 * @param rates what drives it
 * @param forks addresses at which other runs part from it: states to be kept
 * @param checkpointEvery at most this much work is lost when the process is killed; 0 for a
 *     checkpoint after every step
 * @param commit of the sources, if known, to be noted with the times of what is trained
 * @param label what the run is for, if people are to see it in the store
 */
public record StoredRun(
    Store store,
    Lineage lineage,
    Task task,
    Rates rates,
    Set<Address> forks,
    Duration checkpointEvery,
    Optional<String> commit,
    Optional<Label> label) {

  private static final long MILLIS_BETWEEN_LOOKS = 200;

  /**
   * The number of steps that need not be taken again, on the way to a period.
   *
   * @param stepsToo whether every step is to be measured
   */
  public long iterationsDone(int until, boolean stepsToo) throws IOException {
    new TakeOver(store, lineage).look();
    int done = store.extent(lineage, stepsToo).periods();
    if (done == lineage.length()) {
      writeLabel();
    }
    return done >= until
        ? lineage.end(until)
        : StartingPoint.find(store, lineage, done, stepsToo, ignored -> {})
            .checkpoint()
            .map(checkpoint -> checkpoint.state().iteration())
            .orElse(0L);
  }

  /** Trains the whole run, or what is left of it, and returns its measurements. */
  public Table train(boolean stepsToo, Listener progress) throws IOException, InterruptedException {
    train(lineage.length(), stepsToo, progress);
    return Uninterrupted.get(() -> store.measurements(lineage)).orElseThrow();
  }

  /**
   * Trains its first periods, or what is left of them.
   *
   * @param until how many
   * @param stepsToo whether every step is measured
   * @param progress receives periods, steps and notices
   * @throws InterruptedException if the thread was interrupted; the run was saved and can continue
   */
  public void train(int until, boolean stepsToo, Listener progress)
      throws IOException, InterruptedException {
    Consumer<String> notice = once(progress);
    Uninterrupted.run(() -> new TakeOver(store, lineage).train(notice));
    Uninterrupted.run(() -> describe(until, notice));
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped before training continued");
      }
      Store.Extent extent = Uninterrupted.get(() -> store.extent(lineage, stepsToo));
      if (extent.periods() >= until) {
        return;
      }
      if (extent.damage().isPresent()) {
        removeDamaged(extent.periods() + 1, notice);
        continue;
      }
      int last =
          Uninterrupted.get(
                  () -> StartingPoint.find(store, lineage, extent.periods(), stepsToo, notice))
              .period();
      Entry next = store.entry(lineage, last + 1);
      Optional<ProcessLock> lock = Uninterrupted.get(() -> lock(last + 1, notice));
      if (lock.isEmpty()) {
        notice.accept(
            "%s trains what comes next (period %s); waiting for it"
                .formatted(next.whoTrains(), Integer.toString(last + 1)));
        lock = await(last + 1, extent.periods(), stepsToo, notice);
      }
      if (lock.isPresent()) {
        Optional<StartingPoint> start = startUnder(lock.get(), last, stepsToo, notice);
        if (start.isPresent()) {
          train(start.get(), lock.get(), until, stepsToo, progress, notice);
        }
      }
    }
  }

  /** Passes each sentence on the first time. */
  private static Consumer<String> once(Listener progress) {
    Set<String> heard = new HashSet<>();
    return sentence -> {
      if (heard.add(sentence)) {
        progress.notice(sentence);
      }
    };
  }

  /** Writes what start, run and finished periods are, where that is not written or damaged. */
  private void describe(int until, Consumer<String> notice) throws IOException {
    StartFolder start = store.start(lineage);
    start.write(lineage.identity(0), notice);
    Leftovers.remove(start.folder());
    writeLabel();
    for (int period = 1; period <= until; period++) {
      Entry entry = store.entry(lineage, period);
      if (entry.isListed()) {
        describe(entry, period, notice);
        entry.markUsed();
      }
    }
  }

  /** Others are described by the process that locks them to train them. */
  private void describe(Entry entry, int period, Consumer<String> notice) throws IOException {
    Path identity = entry.file(StartFolder.IDENTITY);
    if (IdentityFile.wrong(identity, entry.folder()).isPresent()) {
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

  /** Removes what is damaged of a period, unless another process is there and does. */
  private void removeDamaged(int period, Consumer<String> notice)
      throws IOException, InterruptedException {
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
   * Where to begin after a period, looked for under its lock; nothing, and the lock given back, if
   * another process went further before it was locked.
   */
  private Optional<StartingPoint> startUnder(
      ProcessLock lock, int period, boolean stepsToo, Consumer<String> notice) throws IOException {
    Optional<StartingPoint> start = Optional.empty();
    try {
      start =
          Optional.of(
                  Uninterrupted.get(
                      () ->
                          StartingPoint.find(
                              store,
                              lineage,
                              store.extent(lineage, stepsToo).periods(),
                              stepsToo,
                              notice)))
              .filter(found -> found.period() == period);
    } finally {
      if (start.isEmpty()) {
        lock.close();
      }
    }
    return start;
  }

  /** Waits until others are done with a period, or give it up: then with its lock. */
  private Optional<ProcessLock> await(
      int period, int done, boolean stepsToo, Consumer<String> notice)
      throws IOException, InterruptedException {
    while (true) {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
      Optional<ProcessLock> lock = Uninterrupted.get(() -> lock(period, notice));
      if (lock.isPresent()
          || Uninterrupted.get(() -> store.extent(lineage, stepsToo)).periods() != done) {
        return lock;
      }
    }
  }

  private Optional<ProcessLock> lock(int period, Consumer<String> notice) throws IOException {
    Entry entry = store.entry(lineage, period);
    Optional<ProcessLock> lock = entry.lock();
    if (lock.isPresent()) {
      entry.removal().removeHalfWritten();
      entry.writer().describe(lineage, period, notice);
    }
    return lock;
  }

  /**
   * Trains from a state on, period by period, until another process turns out to have been there.
   *
   * @param first the lock of the first period; is given back
   */
  private void train(
      StartingPoint start,
      ProcessLock first,
      int until,
      boolean stepsToo,
      Listener progress,
      Consumer<String> notice)
      throws IOException, InterruptedException {
    Optional<ProcessLock> lock = Optional.of(first);
    try (Run run = open(start)) {
      Uninterrupted.run(() -> states(until).dropBefore(start.period() - 1));
      if (start.within().isPresent()) {
        Checkpoints checkpoints = store.entry(lineage, start.period() + 1).checkpoints();
        Uninterrupted.run(() -> checkpoints.removeRejected(start.within().get()));
      }
      Map<String, Long> marks = start.marks();
      for (int period = start.period() + 1; period <= until; period++) {
        int next = period;
        if (next > start.period() + 1 && Uninterrupted.get(() -> isPassed(next, until, stepsToo))) {
          return;
        }
        if (lock.isEmpty()) {
          lock = Uninterrupted.get(() -> lock(next, notice));
        }
        if (lock.isEmpty()) {
          return;
        }
        Entry entry = store.entry(lineage, period);
        train(run, entry, period, stepsToo ? Optional.of(marks) : Optional.empty(), progress);
        marks = Map.of();
        Uninterrupted.run(() -> states(until).drop(next - 2));
        lock.get().close();
        lock = Optional.empty();
      }
      Uninterrupted.run(() -> states(until).drop(until - 1));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /**
   * Whether a period need not be trained, nor those after it until a state that was kept: another
   * process was there, or what was damaged lay before.
   */
  private boolean isPassed(int period, int until, boolean stepsToo) throws IOException {
    try {
      for (int later = period; later <= until; later++) {
        Entry entry = store.entry(lineage, later);
        if (!entry.hasRow() || (stepsToo && !entry.hasSteps())) {
          return false;
        }
        if (later == until || entry.hasState()) {
          states(until).dropBefore(period);
          return true;
        }
      }
    } catch (DamagedFileException trainedAgain) {
      return false;
    }
    return false;
  }

  private Run open(StartingPoint start) throws IOException {
    return start.checkpoint().isPresent()
        ? Run.resume(task, rates, start.checkpoint().get())
        : Run.start(task, rates);
  }

  private void train(
      Run run, Entry entry, int period, Optional<Map<String, Long>> steps, Listener progress)
      throws IOException, InterruptedException {
    try (Recorder recorder = Recorder.open(this, entry, steps, progress)) {
      try {
        run.train(recorder, lineage.end(period));
      } catch (InterruptedException e) {
        recorder.stop(run, period);
        throw e;
      }
      recorder.finish(run);
    }
  }

  private KeptStates states(int until) {
    return new KeptStates(store, lineage, forks, until);
  }
}
