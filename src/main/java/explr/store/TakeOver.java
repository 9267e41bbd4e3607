package explr.store;

import explr.file.ProcessLock;
import explr.training.Task;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Moves what version 0.1.0 trained of a run to the addresses of this version.
 *
 * <p>Each period is written completely at its new address before the old one is removed, so that a
 * kill at any moment loses nothing. One process moves periods of a start at a time.
 *
 * @param store that holds both
 * @param lineage of the run
 * @param computer that the run was trained on
 */
record TakeOver(Store store, Lineage lineage, Computer computer) {

  private static final long MILLIS_BETWEEN_LOOKS = 50;

  /** Of a run that was trained on this computer. */
  TakeOver(Store store, Lineage lineage) {
    this(store, lineage, Computer.of(lineage.task().backend()));
  }

  /** The numbers of threads on which version 0.1.0 trained a task. */
  static NavigableSet<Integer> threadCounts(Store store, Task task) throws IOException {
    NavigableSet<Integer> counts = new TreeSet<>();
    if (!EarlierVersion.hasTheBitsOf(task) || store.earlierStarts().isEmpty()) {
      return counts;
    }
    List<Address> starts = EarlierVersion.starts(task, Computer.of(task.backend()));
    for (int i = 0; i < starts.size(); i++) {
      StartFolder start = new StartFolder(store.folder().resolve(starts.get(i).folderName()));
      for (Path period : start.periods()) {
        if (Files.exists(period.resolve(Entry.MEASUREMENT))) {
          counts.add(i + 1);
        }
      }
    }
    return counts;
  }

  /**
   * Moves everything.
   *
   * @throws DamagedFileException if a file of the run is damaged
   */
  void moveOrThrow() throws IOException {
    run(
        damage -> {
          throw damage;
        });
  }

  /** Moves everything up to a damaged file, which is left for {@link #move} to report. */
  void moveWhatIsWhole() throws IOException {
    try {
      moveOrThrow();
    } catch (DamagedFileException reportedWhenTrained) {
      return;
    }
  }

  /**
   * Moves everything except damaged files, whose content must be trained again.
   *
   * @param notice receives a sentence on each damaged file
   */
  void move(Consumer<String> notice) throws IOException {
    run(
        damage ->
            notice.accept(damage.summary() + "; its content is trained again when it is needed"));
  }

  private void run(EarlierPeriod.Damages damages) throws IOException {
    if (!EarlierVersion.hasTheBitsOf(lineage.task()) || store.earlierStarts().isEmpty()) {
      return;
    }
    Address start = EarlierVersion.start(lineage.task(), computer);
    Path from = store.folder().resolve(start.folderName());
    if (!Files.isDirectory(from)) {
      return;
    }
    StartFolder to = store.start(lineage);
    Files.createDirectories(to.folder());
    ProcessLock alone = await(to.folder().resolve(Entry.LOCK));
    try (alone) {
      to.write(lineage.identity(0), notice -> {});
      Address earlier = start;
      for (int period = 1; period <= lineage.length(); period++) {
        earlier =
            EarlierVersion.period(
                earlier, lineage.rates(), lineage.end(period - 1), lineage.end(period));
        Entry entry = new Entry(from.resolve(earlier.folderName()), earlier);
        if (Files.isDirectory(entry.folder())) {
          movePeriod(entry, period, damages);
        }
      }
    }
    // Periods of other runs stay until these runs are needed.
    new StartFolder(from).removeIfEmpty();
  }

  private static ProcessLock await(Path file) throws IOException {
    try {
      while (true) {
        Optional<ProcessLock> lock = ProcessLock.on(file);
        if (lock.isPresent()) {
          return lock.get();
        }
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while another process takes runs over")
              .initCause(e);
    }
  }

  /** Moves a period, unless a process of either version trains it. */
  private void movePeriod(Entry earlier, int period, EarlierPeriod.Damages damages)
      throws IOException {
    Entry entry = store.entry(lineage, period);
    Optional<ProcessLock> old = earlier.lock();
    if (old.isEmpty()) {
      return;
    }
    ProcessLock held = old.get();
    try (held) {
      Optional<ProcessLock> lock = entry.lock();
      if (lock.isEmpty()) {
        return;
      }
      ProcessLock both = lock.get();
      try (both) {
        entry.writer().describe(lineage, period, notice -> {});
        if (!isDone(entry)) {
          new EarlierPeriod(earlier, entry, new EarlierRows(lineage, period), damages).copyFiles();
        }
      }
      EntryRemoval.removeFolder(earlier.folder(), held);
    }
  }

  private static boolean isDone(Entry entry) throws IOException {
    try {
      return entry.hasRow();
    } catch (DamagedFileException notWhole) {
      return false;
    }
  }
}
