package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.AtomicFile;
import explr.measurement.Column;
import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import explr.training.Period;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the files of a period, for the process that holds its lock.
 *
 * @param entry the period
 */
record EntryWriter(Entry entry) {

  /**
   * Writes the identity of the period if it is missing or damaged.
   *
   * @param notice receives a sentence on damage
   */
  void describe(Lineage lineage, int period, Consumer<String> notice) throws IOException {
    IdentityFile.write(
        entry.file(StartFolder.IDENTITY), entry.folder(), () -> lineage.identity(period), notice);
  }

  /** Saves the run within the period. */
  void write(Map<String, Long> marks, Checkpoint checkpoint) throws IOException {
    entry.checkpoints().write(new CheckpointFile(entry.address().hex(), marks, checkpoint));
  }

  /** Opens the log of steps at the length that a checkpoint's marks name, or an empty log. */
  MeasurementLog openSteps(List<String> watched, Map<String, Long> marks) throws IOException {
    Path file = entry.file(Entry.STEPS_SO_FAR);
    List<Column> columns = Column.perStep(watched);
    if (StepsMark.isIn(marks)) {
      Optional<MeasurementLog.Mark> mark = StepsMark.find(file, marks);
      if (mark.isEmpty()) {
        throw entry.damaged(Entry.STEPS_SO_FAR, StepsMark.LOST_ROWS);
      }
      return MeasurementLog.resume(file, columns, mark.get());
    }
    Files.deleteIfExists(file);
    return MeasurementLog.open(file, columns);
  }

  /** Records how long a part of the period took. */
  void append(Timing timing) throws IOException {
    timing.appendTo(entry.file(Entry.TIMING));
  }

  /**
   * Makes the period done: writes its files, then their checksums.
   *
   * @param steps the end of the log of steps, if all steps were recorded
   */
  void finish(
      Period period, List<String> watched, Checkpoint end, Optional<MeasurementLog.Mark> steps)
      throws IOException {
    AtomicFile.write(
        entry.file(Entry.STATE),
        new CheckpointFile(entry.address().hex(), Map.of(), end).toBytes());
    String row = MeasurementLog.text(Column.perPeriod(watched), List.of(Rows.of(period)));
    Optional<byte[]> rowsOfSteps =
        steps.isPresent() ? Optional.of(stepsSoFar(steps.get())) : Optional.empty();
    finish(row.getBytes(UTF_8), rowsOfSteps);
    entry.checkpoints().delete();
    Files.deleteIfExists(entry.file(Entry.STEPS_SO_FAR));
  }

  /** Writes row and steps, and then their checksums. */
  void finish(byte[] row, Optional<byte[]> steps) throws IOException {
    Map<String, Checksum> files = new HashMap<>(stepsBefore());
    AtomicFile.write(entry.file(Entry.MEASUREMENT), row);
    files.put(Entry.MEASUREMENT, Checksum.of(row));
    if (steps.isPresent()) {
      AtomicFile.write(entry.file(Entry.STEPS), steps.get());
      files.put(Entry.STEPS, Checksum.of(steps.get()));
    }
    new PeriodChecksums(entry.address(), files).write(entry.folder());
  }

  /** The checksum of steps from an earlier training of the period, if they are undamaged. */
  private Map<String, Checksum> stepsBefore() throws IOException {
    try {
      return entry
          .verified()
          .map(PeriodChecksums::files)
          .filter(files -> files.containsKey(Entry.STEPS))
          .map(files -> Map.of(Entry.STEPS, files.get(Entry.STEPS)))
          .orElse(Map.of());
    } catch (DamagedFileException trainedAgain) {
      return Map.of();
    }
  }

  private byte[] stepsSoFar(MeasurementLog.Mark end) throws IOException {
    byte[] rows = Files.readAllBytes(entry.file(Entry.STEPS_SO_FAR));
    Checksum written = new Checksum(end.length(), end.sha256());
    Optional<String> mismatch = written.mismatch(rows);
    if (mismatch.isPresent()) {
      throw new IOException(
          entry.file(Entry.STEPS_SO_FAR)
              + " is not what was written to it: "
              + mismatch.get()
              + ". The same command continues from an earlier state");
    }
    return rows;
  }
}
