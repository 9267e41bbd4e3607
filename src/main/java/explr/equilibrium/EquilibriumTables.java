package explr.equilibrium;

import explr.csv.CsvReader;
import explr.csv.CsvRow;
import explr.csv.CsvWriter;
import explr.equilibrium.MeasuredAngles.Window;
import explr.file.AtomicFile;
import explr.statistics.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Converts measured angles to tables and CSV files, and back. */
public final class EquilibriumTables {

  private static final List<String> COLUMNS =
      List.of("setting", "seed", "weights", "iteration", "angle", "scaled_angle", "norm");

  private EquilibriumTables() {}

  /** Writes a row for each window; an empty field stands for a missing value. */
  public static void write(MeasuredAngles measured, Path file) throws IOException {
    String text =
        CsvWriter.text(
            csv -> {
              csv.row(COLUMNS);
              for (Window window : measured.windows()) {
                csv.row(
                    List.of(
                        window.setting(),
                        Long.toString(window.seed()),
                        window.weights(),
                        Long.toString(window.iteration()),
                        Double.toString(window.angle()),
                        Double.isNaN(window.scaledAngle())
                            ? ""
                            : Double.toString(window.scaledAngle()),
                        Double.toString(window.norm())));
              }
            });
    AtomicFile.write(file, text);
  }

  /** Reads what {@link #write} wrote. */
  public static MeasuredAngles read(Path file) {
    try (CsvReader csv = CsvReader.open(file)) {
      List<Window> windows = new ArrayList<>();
      csv.forEach(row -> windows.add(window(row)));
      return new MeasuredAngles(windows);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static Window window(CsvRow row) {
    try {
      return new Window(
          Setting.named(row.get("setting")).name(),
          row.whole("seed"),
          row.get("weights"),
          row.whole("iteration"),
          row.number("angle"),
          row.get("scaled_angle").isEmpty() ? Double.NaN : row.number("scaled_angle"),
          row.number("norm"));
    } catch (IllegalArgumentException e) {
      throw e.getMessage().startsWith("there is no setting") ? row.error(e.getMessage()) : e;
    }
  }

  /**
   * Predicted and measured angles per step in radians, and the ratio of the median to the
   * prediction.
   *
   * @param from the first iteration whose step counts
   */
  public static Table summary(MeasuredAngles measured, long from) {
    StringColumn names = StringColumn.create("optimizer");
    DoubleColumn predicted = DoubleColumn.create("predicted");
    DoubleColumn median = DoubleColumn.create("measured, median");
    DoubleColumn low = DoubleColumn.create("lowest");
    DoubleColumn high = DoubleColumn.create("highest");
    DoubleColumn ratio = DoubleColumn.create("median over predicted");
    for (Row row : rows(measured, from)) {
      names.append(row.name());
      predicted.append(row.predicted());
      median.append(row.measured().median());
      low.append(row.measured().low());
      high.append(row.measured().high());
      ratio.append(row.ratio());
    }
    return Table.create("Angle per step", names, predicted, median, low, high, ratio);
  }

  /**
   * An optimizer's angle.
   *
   * @param name of the setting, and how angles are measured
   * @param predicted angle per step in radians
   * @param measured over weights and seeds
   */
  private record Row(String name, double predicted, Spread measured) {
    double ratio() {
      return measured.median() / predicted;
    }
  }

  /** A row for each setting, and a second for AdamW with weights multiplied by v^(1/4). */
  private static List<Row> rows(MeasuredAngles measured, long from) {
    List<Row> rows = new ArrayList<>();
    for (Setting setting : measured.settings()) {
      double predicted = setting.theory().anglePerStep();
      rows.add(new Row(setting.name(), predicted, measured.after(setting, Window::angle, from)));
      boolean scaled =
          measured.windows().stream()
              .anyMatch(w -> w.setting().equals(setting.name()) && !Double.isNaN(w.scaledAngle()));
      if (scaled) {
        rows.add(
            new Row(
                setting.name() + ", weights times v^¼",
                predicted,
                measured.after(setting, Window::scaledAngle, from)));
      }
    }
    return rows;
  }
}
