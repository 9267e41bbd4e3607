package explr.store;

import explr.file.AtomicFile;
import explr.file.FileFailure;
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
import java.nio.file.StandardCopyOption;
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
  private static final String STEPS_SO_FAR = "steps.partial.csv";
  private static final String TIMING = "timing.jsonl";

  /** Whether the period was trained and measured, each step too where that is asked for. */
  boolean done(boolean stepsToo) {
    return Files.exists(folder.resolve(MEASUREMENT))
        && (!stepsToo || Files.exists(folder.resolve(STEPS)));
  }

  /**
   * Header and row.
   *
   * @param header of the periods before, if there are any
   */
  List<String> measurement(Optional<String> header) throws IOException {
    Path file = folder.resolve(MEASUREMENT);
    try {
      List<String> lines = Files.readAllLines(file);
      if (MeasurementLog.parse(lines, file).rowCount() != 1) {
        throw new IOException("it has " + lines.size() + " lines instead of a header and a row");
      }
      if (header.isPresent() && !header.get().equals(lines.get(0))) {
        throw new IOException("its columns are not those of the periods before");
      }
      return lines;
    } catch (IOException | IllegalArgumentException e) {
      String reason =
          e instanceof IOException failure ? FileFailure.reason(failure) : e.getMessage();
      throw new IOException(
          file + " is damaged: " + reason + ". Delete it, and its period is trained again", e);
    }
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
      notice.accept(file + ": " + FileFailure.reason(damaged) + "; going on from an earlier state");
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
    Path file = folder.resolve(STEPS_SO_FAR);
    List<Column> columns = Column.perStep(watched);
    if (marks.containsKey(STEPS_SO_FAR)) {
      return MeasurementLog.resume(file, columns, marks.get(STEPS_SO_FAR));
    }
    Files.deleteIfExists(file);
    return MeasurementLog.open(file, columns);
  }

  /**
   * Whether the log of steps can be gone on with from a checkpoint with these marks.
   *
   * @param notice is told where it should be there and is not
   */
  boolean hasSteps(Map<String, Long> marks, Consumer<String> notice) throws IOException {
    if (!marks.containsKey(STEPS_SO_FAR)) {
      return false;
    }
    Path file = folder.resolve(STEPS_SO_FAR);
    boolean there = Files.exists(file) && Files.size(file) >= marks.get(STEPS_SO_FAR);
    if (!there) {
      notice.accept(file + " has lost rows; going on from an earlier state");
    }
    return there;
  }

  static Map<String, Long> marks(long stepsLength) {
    return Map.of(STEPS_SO_FAR, stepsLength);
  }

  void append(Timing timing) throws IOException {
    timing.appendTo(folder.resolve(TIMING));
  }

  List<Timing> timings() throws IOException {
    return Timing.read(folder.resolve(TIMING));
  }

  /**
   * Makes the period done: the state first, since who sees the row may look for it.
   *
   * @param withSteps whether each step was written down, from the first to the last
   */
  void finish(Period period, List<String> watched, Checkpoint end, boolean withSteps)
      throws IOException {
    AtomicFile.write(
        folder.resolve(STATE), new CheckpointFile(address.hex(), Map.of(), end).toBytes());
    if (withSteps) {
      Files.move(
          folder.resolve(STEPS_SO_FAR),
          folder.resolve(STEPS),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    AtomicFile.write(
        folder.resolve(MEASUREMENT),
        MeasurementLog.text(Column.perPeriod(watched), List.of(Rows.of(period))));
    new Checkpoints(folder).delete();
    Files.deleteIfExists(folder.resolve(STEPS_SO_FAR));
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
      Files.deleteIfExists(folder.resolve(STEPS_SO_FAR));
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
