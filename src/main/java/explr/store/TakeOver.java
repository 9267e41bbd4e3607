package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.AtomicFile;
import explr.file.ProcessLock;
import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import explr.training.Task;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Moves what version 0.1.0 trained of a run to the addresses of this version.
 *
 * <p>Each period is written whole at its new place before the old one is removed, so that a kill at
 * any moment loses nothing. One process does it at a time.
 *
 * @param store where both lie
 * @param lineage of the run
 * @param computer that the run was trained on
 */
record TakeOver(Store store, Lineage lineage, Computer computer) {

  private static final long MILLIS_BETWEEN_LOOKS = 50;

  /** What happens on damage: a training reports it, a reader fails. */
  @FunctionalInterface
  private interface Damages {
    void found(DamagedFileException damage) throws DamagedFileException;
  }

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

  /** Moves everything up to a damaged file, which stays for {@link #move} to report. */
  void moveWhatIsWhole() throws IOException {
    try {
      moveOrThrow();
    } catch (DamagedFileException reportedWhenTrained) {
      return;
    }
  }

  /**
   * Moves everything but damaged files; what they held must be trained again.
   *
   * @param notice receives a sentence on each damaged file
   */
  void move(Consumer<String> notice) throws IOException {
    run(damage -> notice.accept(damage.summary() + "; what it held is trained again"));
  }

  private void run(Damages damages) throws IOException {
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
    removeIfEmpty(from);
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

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException otherRuns) {
      // Periods of other runs are taken over when these are needed.
      return;
    }
  }

  /** Moves a period, unless a process of either version trains it. */
  private void movePeriod(Entry earlier, int period, Damages damages) throws IOException {
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
          moveFiles(earlier, entry, period, damages);
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

  private void moveFiles(Entry earlier, Entry entry, int period, Damages damages)
      throws IOException {
    EarlierRows rows = new EarlierRows(lineage, period);
    Path measurement = earlier.file(Entry.MEASUREMENT);
    Path steps = earlier.file(Entry.STEPS);
    Optional<byte[]> row =
        checked(
            measurement,
            text -> rows.checkMeasurement(text, measurement),
            "Delete the folder " + earlier.folder() + " and train the run again",
            damages);
    Optional<byte[]> stepRows =
        checked(
            steps,
            text -> rows.checkSteps(text, steps, true),
            "Delete it; to have the steps measured again, train the run with --steps",
            damages);
    moveTimings(earlier, entry);
    if (row.isPresent()) {
      moveState(earlier, entry);
      entry.writer().finish(row.get(), stepRows);
    } else if (!Files.exists(measurement) && !entry.checkpoints().any()) {
      moveCheckpoint(earlier, entry, rows);
    }
  }

  /** Checks a text. */
  @FunctionalInterface
  private interface Check {
    void accept(String text) throws IOException;
  }

  private static Optional<byte[]> checked(Path file, Check check, String advice, Damages damages)
      throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      check.accept(new String(bytes, UTF_8));
      return Optional.of(bytes);
    } catch (IOException | RuntimeException e) {
      damages.found(new DamagedFileException(file, e.getMessage(), advice, e));
      return Optional.empty();
    }
  }

  /** Moves the state at the end of the period, if it can be read. */
  private static void moveState(Entry earlier, Entry entry) throws IOException {
    Optional<Checkpoint> state = earlier.state(notice -> {});
    if (state.isPresent()) {
      AtomicFile.write(
          entry.file(Entry.STATE),
          new CheckpointFile(entry.address().hex(), Map.of(), state.get()).toBytes());
    }
  }

  private static void moveTimings(Entry earlier, Entry entry) throws IOException {
    Path file = earlier.file(Entry.TIMING);
    if (Files.exists(file) && !Files.exists(entry.file(Entry.TIMING))) {
      StringBuilder lines = new StringBuilder();
      try (Stream<String> old = new String(Files.readAllBytes(file), UTF_8).lines()) {
        old.map(Timing::unsealed)
            .flatMap(Optional::stream)
            .forEach(timing -> lines.append(timing.line()).append('\n'));
      }
      AtomicFile.write(entry.file(Entry.TIMING), lines.toString());
    }
  }

  /** The run in the middle of a period, with its steps as far as the checkpoint saw them. */
  private static void moveCheckpoint(Entry earlier, Entry entry, EarlierRows rows)
      throws IOException {
    Optional<CheckpointFile> newest =
        earlier.checkpoints().newest(found -> Optional.empty(), notice -> {});
    if (newest.isPresent()) {
      entry
          .writer()
          .write(moveSteps(earlier, entry, rows, newest.get().marks()), newest.get().checkpoint());
    }
  }

  /** Returns the marks of a checkpoint before which these steps were measured. */
  private static Map<String, Long> moveSteps(
      Entry earlier, Entry entry, EarlierRows rows, Map<String, Long> marks) throws IOException {
    Path file = earlier.file(Entry.STEPS_SO_FAR);
    Long length = marks.get(Entry.STEPS_SO_FAR);
    if (length == null || !Files.exists(file) || Files.size(file) < length) {
      return Map.of();
    }
    byte[] kept = Arrays.copyOf(Files.readAllBytes(file), Math.toIntExact(length));
    try {
      rows.checkSteps(new String(kept, UTF_8), file, false);
    } catch (IOException | RuntimeException damaged) {
      return Map.of();
    }
    Path to = entry.file(Entry.STEPS_SO_FAR);
    AtomicFile.write(to, kept);
    return StepsMark.of(MeasurementLog.markAt(to, length).orElseThrow());
  }
}
