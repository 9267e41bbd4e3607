package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.AtomicFile;
import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A period that version 0.1.0 trained: copies its files to the folder of this version, under the
 * locks of both folders.
 *
 * @param earlier the period in version 0.1.0
 * @param entry the period in this version
 * @param rows checks its measurements
 * @param damages what happens on damage
 */
record EarlierPeriod(Entry earlier, Entry entry, EarlierRows rows, Damages damages) {

  /** What happens on damage: a training reports it, a reader fails. */
  @FunctionalInterface
  interface Damages {
    void found(DamagedFileException damage) throws DamagedFileException;
  }

  /** Checks a text. */
  @FunctionalInterface
  private interface Check {
    void accept(String text) throws IOException;
  }

  /** Copies everything that is not damaged. */
  void copyFiles() throws IOException {
    Path measurement = earlier.file(Entry.MEASUREMENT);
    Path steps = earlier.file(Entry.STEPS);
    Optional<byte[]> row =
        checked(
            measurement,
            text -> rows.checkMeasurement(text, measurement),
            "Delete the folder " + earlier.folder() + " and train the run again");
    Optional<byte[]> stepRows =
        checked(
            steps,
            text -> rows.checkSteps(text, steps, true),
            "Delete it; to have the steps measured again, train the run with --steps");
    copyTimings();
    if (row.isPresent()) {
      copyState();
      entry.writer().finish(row.get(), stepRows);
    } else if (!Files.exists(measurement) && !entry.checkpoints().any()) {
      copyCheckpoint();
    }
  }

  private Optional<byte[]> checked(Path file, Check check, String advice) throws IOException {
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

  private void copyTimings() throws IOException {
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

  /** Copies the state at the end of the period, if it can be read. */
  private void copyState() throws IOException {
    Optional<Checkpoint> state = earlier.state(notice -> {});
    if (state.isPresent()) {
      AtomicFile.write(
          entry.file(Entry.STATE),
          new CheckpointFile(entry.address().hex(), Map.of(), state.get()).toBytes());
    }
  }

  /** Copies the checkpoint, and the steps that were measured before it. */
  private void copyCheckpoint() throws IOException {
    Optional<CheckpointFile> newest =
        earlier.checkpoints().newest(found -> Optional.empty(), notice -> {});
    if (newest.isPresent()) {
      entry.writer().write(copySteps(newest.get().marks()), newest.get().checkpoint());
    }
  }

  /** Returns the marks of a checkpoint before which these steps were measured. */
  private Map<String, Long> copySteps(Map<String, Long> marks) throws IOException {
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
