package explr.store;

import explr.measurement.AtomicFile;
import explr.measurement.Column;
import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import explr.training.Period;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One period of training in a {@link Store}.
 *
 * @param folder of its files, which need not exist
 * @param address of its end
 */
record Entry(Path folder, Address address) {

  private static final String MEASUREMENT = "measurement.csv";
  private static final String STATE = "state.bin";
  private static final String STEPS = "steps.csv";
  private static final String TIMING = "timing.jsonl";

  /** Whether the period was trained and measured, each step too where that is asked for. */
  boolean done(boolean stepsToo) {
    return Files.exists(folder.resolve(MEASUREMENT))
        && (!stepsToo || Files.exists(folder.resolve(STEPS)));
  }

  /** Header and row. */
  List<String> measurement() throws IOException {
    return Files.readAllLines(folder.resolve(MEASUREMENT));
  }

  /** Header and a row per step. */
  List<String> steps() throws IOException {
    return Files.readAllLines(folder.resolve(STEPS));
  }

  /**
   * The run at the end of the period, if it was kept and can be read.
   *
   * @param notice is told where it cannot
   */
  Optional<Checkpoint> state(Consumer<String> notice) throws IOException {
    Path file = folder.resolve(STATE);
    try {
      CheckpointFile read = CheckpointFile.read(Files.readAllBytes(file));
      if (read.identity().equals(address.hex())) {
        return Optional.of(read.checkpoint());
      }
      notice.accept(file + " is of another run; going on from an earlier state");
    } catch (NoSuchFileException notKept) {
      return Optional.empty();
    } catch (IOException damaged) {
      notice.accept(file + ": " + damaged.getMessage() + "; going on from an earlier state");
    }
    return Optional.empty();
  }

  boolean hasState() {
    return Files.exists(folder.resolve(STATE));
  }

  /**
   * The run somewhere in the period, if it stopped there and can be read.
   *
   * @param notice is told where it cannot
   */
  Optional<CheckpointFile> checkpoint(Consumer<String> notice) {
    return new Checkpoints(folder)
        .newest(notice)
        .filter(found -> found.identity().equals(address.hex()));
  }

  void write(Map<String, Long> marks, Checkpoint checkpoint) throws IOException {
    new Checkpoints(folder).write(new CheckpointFile(address.hex(), marks, checkpoint));
  }

  /** Opens the log of steps where a checkpoint saw it, or anew. */
  MeasurementLog openSteps(List<String> watched, Map<String, Long> marks) throws IOException {
    Path file = folder.resolve(STEPS);
    List<Column> columns = Column.perStep(watched);
    if (marks.containsKey(STEPS)) {
      return MeasurementLog.resume(file, columns, marks.get(STEPS));
    }
    Files.deleteIfExists(file);
    return MeasurementLog.open(file, columns);
  }

  /** Whether a log of steps can be gone on with from a checkpoint with these marks. */
  static boolean hasSteps(Map<String, Long> marks) {
    return marks.containsKey(STEPS);
  }

  static Map<String, Long> marks(long stepsLength) {
    return Map.of(STEPS, stepsLength);
  }

  void append(Timing timing) throws IOException {
    timing.appendTo(folder.resolve(TIMING));
  }

  List<Timing> timings() throws IOException {
    return Timing.read(folder.resolve(TIMING));
  }

  /** Makes the period done: the state first, since who sees the row may look for it. */
  void finish(Period period, List<String> watched, Checkpoint end) throws IOException {
    AtomicFile.write(
        folder.resolve(STATE), new CheckpointFile(address.hex(), Map.of(), end).toBytes());
    AtomicFile.write(
        folder.resolve(MEASUREMENT),
        MeasurementLog.text(Column.perPeriod(watched), List.of(Rows.of(period))));
    new Checkpoints(folder).delete();
  }

  /** Drops the run at the end of the period; it takes some megabytes. */
  void dropState() throws IOException {
    Files.deleteIfExists(folder.resolve(STATE));
  }

  /** Forgets the period. */
  void discard() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Optional<EntryLock> lock = EntryLock.on(folder);
    if (lock.isEmpty()) {
      throw new IllegalStateException(
          "another process trains in " + folder + ", or an interrupted cell; wait for it");
    }
    try (EntryLock held = lock.get()) {
      // The row first: without it the period counts as not done.
      Files.deleteIfExists(folder.resolve(MEASUREMENT));
      dropState();
      new Checkpoints(folder).delete();
      Files.deleteIfExists(folder.resolve(STEPS));
      Files.deleteIfExists(folder.resolve(TIMING));
    }
  }

  /** Removes what a killed process was writing aside; for who holds the lock. */
  void removeHalfWritten() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.new")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
