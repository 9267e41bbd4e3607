package explr.store;

import explr.schedule.Rates;
import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tech.tablesaw.api.Table;

/**
 * A run that is trained in a {@link Store}: what is there already is not trained again, whoever
 * trained it.
 *
 * <p>It can be killed at any moment. Trained again, it goes on from the newest state on the disk
 * that can be read, and ends with the bytes of an undisturbed run. Where another process trains
 * what it needs next, it waits for that process and goes on from there.
 *
 * @param store where it lies
 * @param lineage the addresses of its periods
 * @param task what is trained
 * @param rates what drives it
 * @param forks addresses at which other runs part from it: states to be kept
 * @param checkpointEvery at most this much work is lost when the process is killed; 0 for a
 *     checkpoint after every step
 * @param commit of the sources, if known, to be noted beside what is trained
 */
public record StoredRun(
    Store store,
    Lineage lineage,
    Task task,
    Rates rates,
    Set<Address> forks,
    Duration checkpointEvery,
    Optional<String> commit) {

  private static final long MILLIS_BETWEEN_LOOKS = 200;

  /** Where training can begin: after so many whole periods, or further on. */
  private record Start(int period, Optional<CheckpointFile> within, Optional<Checkpoint> end) {
    Optional<Checkpoint> checkpoint() {
      return within.isPresent() ? within.map(CheckpointFile::checkpoint) : end;
    }

    Map<String, Long> marks() {
      return within.map(CheckpointFile::marks).orElse(Map.of());
    }
  }

  /**
   * The number of steps that need not be taken again, on the way to a period.
   *
   * @param stepsToo whether every step is to be measured
   */
  public long iterationsDone(int until, boolean stepsToo) throws IOException {
    int done = Math.min(store.periodsDone(lineage, stepsToo), until);
    return done == until
        ? lineage.end(until)
        : start(done, stepsToo, ignored -> {})
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
   * @param progress hears of periods and steps
   * @throws InterruptedException if the thread was interrupted; the run was saved and can go on
   */
  public void train(int until, boolean stepsToo, Listener progress)
      throws IOException, InterruptedException {
    Set<String> told = new HashSet<>();
    Consumer<String> notice =
        sentence -> {
          if (told.add(sentence)) {
            progress.notice(sentence);
          }
        };
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped before training went on");
      }
      int done = Uninterrupted.get(() -> store.periodsDone(lineage, stepsToo));
      if (done >= until) {
        return;
      }
      int last = Uninterrupted.get(() -> start(done, stepsToo, notice)).period;
      Entry next = store.entry(lineage, last + 1);
      Optional<EntryLock> lock = Uninterrupted.get(() -> lock(next));
      if (lock.isEmpty()) {
        notice.accept(
            "another process trains what comes next (period " + (last + 1) + "); waiting for it");
        lock = await(next, done, stepsToo);
      }
      if (lock.isPresent()) {
        Optional<Start> start = startUnder(lock.get(), last, stepsToo, notice);
        if (start.isPresent()) {
          train(start.get(), lock.get(), until, stepsToo, progress);
        }
      }
    }
  }

  /**
   * Where to begin after a period, looked for under its lock; nothing, and the lock given back, if
   * another process went further before it was locked.
   */
  private Optional<Start> startUnder(
      EntryLock lock, int period, boolean stepsToo, Consumer<String> notice) throws IOException {
    Optional<Start> start = Optional.empty();
    try {
      start =
          Optional.of(
                  Uninterrupted.get(
                      () -> start(store.periodsDone(lineage, stepsToo), stepsToo, notice)))
              .filter(found -> found.period == period);
    } finally {
      if (start.isEmpty()) {
        lock.close();
      }
    }
    return start;
  }

  /** Waits until others are done with a period, or give it up: then with its lock. */
  private Optional<EntryLock> await(Entry entry, int done, boolean stepsToo)
      throws IOException, InterruptedException {
    while (true) {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
      Optional<EntryLock> lock = Uninterrupted.get(() -> lock(entry));
      if (lock.isPresent()
          || Uninterrupted.get(() -> store.periodsDone(lineage, stepsToo)) != done) {
        return lock;
      }
    }
  }

  private Optional<EntryLock> lock(Entry entry) throws IOException {
    Files.createDirectories(entry.folder());
    Optional<EntryLock> lock = EntryLock.on(entry.folder());
    if (lock.isPresent()) {
      entry.removeHalfWritten();
    }
    return lock;
  }

  /** The furthest state that can be read, at or after the end of a period or before. */
  private Start start(int done, boolean stepsToo, Consumer<String> notice) throws IOException {
    for (int period = done; period > 0; period--) {
      Optional<CheckpointFile> within = within(period + 1, stepsToo, notice);
      if (within.isPresent()) {
        return new Start(period, within, Optional.empty());
      }
      Optional<Checkpoint> end = store.entry(lineage, period).state(notice);
      if (end.isPresent()) {
        return new Start(period, Optional.empty(), end);
      }
    }
    return new Start(0, within(1, stepsToo, notice), Optional.empty());
  }

  /** A run that stopped in the middle of a period; where steps are wanted, one that has them. */
  private Optional<CheckpointFile> within(int period, boolean stepsToo, Consumer<String> notice)
      throws IOException {
    if (period > lineage.length()) {
      return Optional.empty();
    }
    Entry entry = store.entry(lineage, period);
    Optional<CheckpointFile> found = entry.checkpoint(notice);
    return found.isPresent() && stepsToo && !entry.hasSteps(found.get().marks(), notice)
        ? Optional.empty()
        : found;
  }

  /**
   * Trains from a state on, period by period, until another process turns out to have been there.
   *
   * @param first the lock of the first period; is given back
   */
  private void train(Start start, EntryLock first, int until, boolean stepsToo, Listener progress)
      throws IOException, InterruptedException {
    Optional<EntryLock> lock = Optional.of(first);
    try (Run run = open(start)) {
      Uninterrupted.run(() -> dropStatesBefore(start.period - 1, until));
      Map<String, Long> marks = start.marks();
      for (int period = start.period + 1; period <= until; period++) {
        Entry entry = store.entry(lineage, period);
        if (lock.isEmpty()) {
          lock = Uninterrupted.get(() -> lock(entry));
        }
        if (lock.isEmpty()
            || period > start.period + 1 && entry.done(stepsToo) && entry.hasState()) {
          return;
        }
        train(run, entry, period, stepsToo ? Optional.of(marks) : Optional.empty(), progress);
        marks = Map.of();
        int last = period;
        Uninterrupted.run(() -> dropState(last - 2, until));
        lock.get().close();
        lock = Optional.empty();
      }
      Uninterrupted.run(() -> dropState(until - 1, until));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  private Run open(Start start) throws IOException {
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

  /** A process that was killed may have left some. */
  private void dropStatesBefore(int period, int until) throws IOException {
    for (int earlier = 1; earlier < period; earlier++) {
      dropState(earlier, until);
    }
  }

  /** The two newest states are kept, and those where runs part or end. */
  private void dropState(int period, int until) throws IOException {
    boolean kept =
        period < 1
            || period >= until
            || period == lineage.length()
            || forks.contains(lineage.at(period));
    if (!kept) {
      store.entry(lineage, period).dropState();
    }
  }
}
