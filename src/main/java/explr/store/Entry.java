package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.AtomicFile;
import explr.file.FileFailure;
import explr.file.Owner;
import explr.file.ProcessLock;
import explr.measurement.Column;
import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import explr.training.Period;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One period of training in a {@link Store}.
 *
 * @param folder of its files, which need not exist
 * @param address of its end
 */
record Entry(Path folder, Address address) {

  static final String MEASUREMENT = "measurement.csv";
  static final String STATE = "state.bin";
  static final String STEPS = "steps.csv";
  static final String STEPS_SO_FAR = "steps.partial.csv";
  static final String TIMING = "timing.jsonl";
  static final String LOCK = "lock";

  /** A date of use is not written more often. */
  private static final Duration BETWEEN_USES = Duration.ofHours(1);

  /**
   * What belongs to the period, not read yet.
   *
   * @return empty if the period is not done
   * @throws DamagedFileException if the list of it is damaged
   */
  private Optional<Contents> listed() throws IOException {
    Optional<Contents> contents = Contents.read(folder);
    if (contents.isPresent()) {
      if (!contents.get().address().equals(address)) {
        throw damaged(Contents.FILE, "it belongs to another period");
      }
      if (!contents.get().files().containsKey(MEASUREMENT)) {
        throw damaged(Contents.FILE, "it names no " + MEASUREMENT);
      }
    }
    return contents;
  }

  /**
   * What belongs to the period, all of it read and checked.
   *
   * @return empty if the period is not done
   * @throws DamagedFileException if a file of it is damaged
   */
  Optional<Contents> contents() throws IOException {
    Optional<Contents> contents = listed();
    if (contents.isPresent()) {
      for (String name : new TreeSet<>(contents.get().files().keySet())) {
        read(contents.get(), name);
      }
    }
    return contents;
  }

  /**
   * The same of a folder of which only the name is known, with which its address begins.
   *
   * @throws DamagedFileException if a file of it is damaged, or the folder has another name
   */
  static Optional<Contents> contentsByName(Path folder) throws IOException {
    Optional<Contents> listed = listedByName(folder);
    return listed.isEmpty() ? listed : new Entry(folder, listed.get().address()).contents();
  }

  /** The same, its files not read yet. */
  static Optional<Contents> listedByName(Path folder) throws IOException {
    Optional<Contents> listed = Contents.read(folder);
    if (listed.isPresent()) {
      Address address = listed.get().address();
      if (!folder.getFileName().toString().equals(address.folderName())) {
        throw DamagedFileException.ofPeriod(
            folder.resolve(Contents.FILE), "it belongs to another period", null);
      }
      return new Entry(folder, address).listed();
    }
    return listed;
  }

  /** Whether the period is listed as done. */
  boolean isListed() {
    return Files.exists(folder.resolve(Contents.FILE));
  }

  /**
   * Reads a file that belongs to the period.
   *
   * @throws DamagedFileException if it is damaged
   */
  void check(Contents contents, String name) throws IOException {
    read(contents, name);
  }

  private byte[] read(Contents contents, String name) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(folder.resolve(name));
    } catch (NoSuchFileException missing) {
      throw damaged(name, "it is missing");
    }
    Optional<String> mismatch = contents.files().get(name).mismatch(bytes);
    if (mismatch.isPresent()) {
      throw damaged(name, mismatch.get());
    }
    return bytes;
  }

  private DamagedFileException damaged(String name, String reason) {
    return DamagedFileException.ofPeriod(folder.resolve(name), reason, null);
  }

  /**
   * Whether the period was trained and measured.
   *
   * @throws DamagedFileException if its row cannot be read
   */
  boolean hasRow() throws IOException {
    return has(MEASUREMENT);
  }

  /**
   * Whether each of its steps was measured, too.
   *
   * @throws DamagedFileException if they cannot be read
   */
  boolean hasSteps() throws IOException {
    return has(STEPS);
  }

  private boolean has(String name) throws IOException {
    Optional<Contents> contents = listed().filter(found -> found.files().containsKey(name));
    if (contents.isPresent()) {
      read(contents.get(), name);
    }
    return contents.isPresent();
  }

  /** Header and row of a period that is done. */
  List<String> measurement() throws IOException {
    return lines(MEASUREMENT);
  }

  /** Header and a row per step, of a period that is done with its steps. */
  List<String> steps() throws IOException {
    return lines(STEPS);
  }

  private List<String> lines(String name) throws IOException {
    Contents contents =
        listed()
            .filter(found -> found.files().containsKey(name))
            .orElseThrow(() -> new IOException(folder.resolve(name) + " was removed meanwhile"));
    return new String(read(contents, name), UTF_8).lines().toList();
  }

  /**
   * The run at the end of the period, if it was kept and can be read.
   *
   * @param notice hears where it cannot
   */
  Optional<Checkpoint> state(Consumer<String> notice) throws IOException {
    Path file = folder.resolve(STATE);
    try {
      return Optional.of(Checkpoints.read(file, address).checkpoint());
    } catch (NoSuchFileException notKept) {
      return Optional.empty();
    } catch (IOException damaged) {
      notice.accept(
          file + ": " + FileFailure.reason(damaged) + "; training continues from an earlier state");
      return Optional.empty();
    }
  }

  boolean hasState() {
    return Files.exists(folder.resolve(STATE));
  }

  /**
   * The run somewhere in the period, if it stopped there and can be continued.
   *
   * @param stepsToo whether each step must have been written down until there
   * @param notice hears where it cannot
   */
  Optional<CheckpointFile> checkpoint(boolean stepsToo, Consumer<String> notice)
      throws IOException {
    return checkpoints()
        .newest(found -> stepsToo ? lacksSteps(found.marks()) : Optional.empty(), notice);
  }

  private Optional<String> lacksSteps(Map<String, Long> marks) throws IOException {
    Path log = folder.resolve(STEPS_SO_FAR);
    if (!StepsMark.isIn(marks)) {
      return Optional.of(folder + " has a checkpoint before which steps were not measured");
    }
    return StepsMark.find(log, marks).isPresent()
        ? Optional.empty()
        : Optional.of(log + " is damaged: it has lost or changed rows");
  }

  void write(Map<String, Long> marks, Checkpoint checkpoint) throws IOException {
    checkpoints().write(new CheckpointFile(address.hex(), marks, checkpoint));
  }

  Checkpoints checkpoints() {
    return new Checkpoints(folder, address);
  }

  /** Opens the log of steps where a checkpoint saw it, or an empty one. */
  MeasurementLog openSteps(List<String> watched, Map<String, Long> marks) throws IOException {
    Path file = folder.resolve(STEPS_SO_FAR);
    List<Column> columns = Column.perStep(watched);
    if (StepsMark.isIn(marks)) {
      Optional<MeasurementLog.Mark> mark = StepsMark.find(file, marks);
      if (mark.isEmpty()) {
        throw damaged(STEPS_SO_FAR, "it has lost or changed rows");
      }
      return MeasurementLog.resume(file, columns, mark.get());
    }
    Files.deleteIfExists(file);
    return MeasurementLog.open(file, columns);
  }

  void append(Timing timing) throws IOException {
    timing.appendTo(folder.resolve(TIMING));
  }

  List<Timing> timings(Consumer<String> notice) throws IOException {
    return Timing.read(folder.resolve(TIMING), notice);
  }

  /** Writes down what the period is, where that is not written or damaged. */
  void describe(Lineage lineage, int period, Consumer<String> notice) throws IOException {
    IdentityFile.write(
        folder.resolve(StartFolder.IDENTITY), folder, () -> lineage.identity(period), notice);
  }

  /**
   * Makes the period done: what belongs to it first, then its checksums.
   *
   * @param steps the end of the log of steps, where each was written down, first to last
   */
  void finish(
      Period period, List<String> watched, Checkpoint end, Optional<MeasurementLog.Mark> steps)
      throws IOException {
    AtomicFile.write(
        folder.resolve(STATE), new CheckpointFile(address.hex(), Map.of(), end).toBytes());
    String row = MeasurementLog.text(Column.perPeriod(watched), List.of(Rows.of(period)));
    Optional<byte[]> rowsOfSteps =
        steps.isPresent() ? Optional.of(stepsSoFar(steps.get())) : Optional.empty();
    finish(row.getBytes(UTF_8), rowsOfSteps);
    checkpoints().delete();
    Files.deleteIfExists(folder.resolve(STEPS_SO_FAR));
  }

  /** Writes row and steps, and then their checksums. */
  void finish(byte[] row, Optional<byte[]> steps) throws IOException {
    Map<String, Checksum> files = new HashMap<>(stepsBefore());
    AtomicFile.write(folder.resolve(MEASUREMENT), row);
    files.put(MEASUREMENT, Checksum.of(row));
    if (steps.isPresent()) {
      AtomicFile.write(folder.resolve(STEPS), steps.get());
      files.put(STEPS, Checksum.of(steps.get()));
    }
    new Contents(address, files).write(folder);
  }

  /** Steps that were measured when the period was trained before, if they are whole. */
  private Map<String, Checksum> stepsBefore() throws IOException {
    try {
      return contents()
          .map(Contents::files)
          .filter(files -> files.containsKey(STEPS))
          .map(files -> Map.of(STEPS, files.get(STEPS)))
          .orElse(Map.of());
    } catch (DamagedFileException trainedAgain) {
      return Map.of();
    }
  }

  private byte[] stepsSoFar(MeasurementLog.Mark end) throws IOException {
    byte[] rows = Files.readAllBytes(folder.resolve(STEPS_SO_FAR));
    Checksum written = new Checksum(end.length(), end.sha256());
    Optional<String> mismatch = written.mismatch(rows);
    if (mismatch.isPresent()) {
      throw new IOException(
          folder.resolve(STEPS_SO_FAR)
              + " is not what was written to it: "
              + mismatch.get()
              + ". The same command continues from an earlier state");
    }
    return rows;
  }

  /** Drops the run at the end of the period; it takes some megabytes. */
  void dropState() throws IOException {
    Files.deleteIfExists(folder.resolve(STATE));
  }

  /**
   * Removes damaged files of a period that is done, so that it counts as not done, or as done
   * without its steps; for who holds the lock.
   *
   * @param notice hears of each
   */
  void removeDamaged(Consumer<String> notice) throws IOException {
    try {
      contents();
    } catch (DamagedFileException damage) {
      if (damage.file().endsWith(STEPS)) {
        notice.accept(damage.finding() + "; its steps count as not measured");
        Checksum row = Contents.read(folder).orElseThrow().files().get(MEASUREMENT);
        new Contents(address, Map.of(MEASUREMENT, row)).write(folder);
        Files.deleteIfExists(folder.resolve(STEPS));
        removeDamaged(notice);
      } else {
        notice.accept(damage.finding() + "; the period is trained again");
        forget(folder);
      }
    }
  }

  /** Removes what makes a period done. */
  static void forget(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(Contents.FILE));
    Files.deleteIfExists(folder.resolve(MEASUREMENT));
    Files.deleteIfExists(folder.resolve(STEPS));
  }

  /**
   * Removes the period, with its folder.
   *
   * @throws IllegalStateException if a process trains it
   */
  void discard() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Optional<ProcessLock> lock = lock();
    if (lock.isEmpty()) {
      throw new IllegalStateException(whoTrains() + " trains in " + folder + "; wait for it");
    }
    ProcessLock held = lock.get();
    try (held) {
      remove();
    }
    removeFolder();
  }

  /** Removes all of the period but its lock; for who holds that. */
  void remove() throws IOException {
    // First what says that the period is done.
    forget(folder);
    dropState();
    checkpoints().delete();
    removeHalfWritten();
    for (String name : List.of(STEPS_SO_FAR, TIMING, StartFolder.IDENTITY)) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  /** Removes the folder, if nothing but its lock is left in it. */
  void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve(LOCK));
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException usedAgain) {
      return;
    }
  }

  /** Makes the folder and locks it; empty if another process or thread holds the lock. */
  Optional<ProcessLock> lock() throws IOException {
    Files.createDirectories(folder);
    return ProcessLock.on(folder.resolve(LOCK));
  }

  /** Who holds the lock, as the subject of a sentence. */
  String whoTrains() {
    Optional<Owner> owner = ProcessLock.owner(folder.resolve(LOCK));
    if (owner.filter(Owner::isHere).isPresent()) {
      return "another thread of this process";
    }
    return "another process" + owner.map(process -> " (" + process + ")").orElse("");
  }

  /** Removes what a killed process was writing aside; for who holds the lock. */
  void removeHalfWritten() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.new")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** When it was last read or trained: the date of the file with the checksums. */
  Optional<Instant> lastUsed() throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(folder.resolve(Contents.FILE)).toInstant());
    } catch (NoSuchFileException notDone) {
      return Optional.empty();
    }
  }

  /** Notes that it is read now. */
  void markUsed() throws IOException {
    markUsed(folder.resolve(Contents.FILE));
  }

  /** Sets a file's date; a store that can only be read keeps the old one. */
  static void markUsed(Path file) throws IOException {
    Instant now = Instant.now();
    try {
      if (Files.getLastModifiedTime(file).toInstant().plus(BETWEEN_USES).isBefore(now)) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
    } catch (IOException readOnly) {
      return;
    }
  }
}
