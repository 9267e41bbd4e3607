package explr.experiment;

import explr.measurement.Column;
import explr.measurement.MeasurementLog;
import explr.training.Epoch;
import explr.training.Step;
import explr.training.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The measurements of a run, open for more.
 *
 * @param epochs a row per epoch
 * @param steps a row per step, where they are wanted
 */
record Logs(MeasurementLog epochs, Optional<MeasurementLog> steps) implements AutoCloseable {

  static final String EPOCHS = "measurements.csv";
  static final String STEPS = "steps.csv";

  /**
   * Opens the logs of a folder, cut back to where a checkpoint saw them.
   *
   * @param marks the lengths of the logs by name, from {@link #marks}; those of a log that is not
   *     named begin anew
   */
  static Logs open(Path folder, Task task, boolean stepsToo, Map<String, Long> marks)
      throws IOException {
    MeasurementLog epochs = open(folder, EPOCHS, Column.perEpoch(task.watched()), marks);
    if (!stepsToo) {
      return new Logs(epochs, Optional.empty());
    }
    try {
      return new Logs(
          epochs, Optional.of(open(folder, STEPS, Column.perStep(task.watched()), marks)));
    } catch (IOException | RuntimeException e) {
      epochs.close();
      throw e;
    }
  }

  private static MeasurementLog open(
      Path folder, String name, List<Column> columns, Map<String, Long> marks) throws IOException {
    Path file = folder.resolve(name);
    if (marks.containsKey(name)) {
      return MeasurementLog.resume(file, columns, marks.get(name));
    }
    Files.deleteIfExists(file);
    return MeasurementLog.open(file, columns);
  }

  void append(Epoch epoch) throws IOException {
    epochs.append(Rows.of(epoch));
  }

  /** Does nothing where steps are not measured. */
  void append(Step step) throws IOException {
    if (steps.isPresent()) {
      steps.get().append(Rows.of(step));
    }
  }

  /** Brings the rows to the disk, and tells how long each log is. */
  Map<String, Long> marks() throws IOException {
    Map<String, Long> marks = new LinkedHashMap<>();
    epochs.force();
    marks.put(EPOCHS, epochs.length());
    if (steps.isPresent()) {
      steps.get().force();
      marks.put(STEPS, steps.get().length());
    }
    return marks;
  }

  @Override
  public void close() throws IOException {
    try (epochs) {
      if (steps.isPresent()) {
        steps.get().close();
      }
    }
  }
}
