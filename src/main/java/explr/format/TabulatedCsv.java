package explr.format;

import explr.csv.CsvReader;
import explr.csv.CsvRow;
import explr.schedule.Tabulated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A column of a CSV file as a schedule. */
public final class TabulatedCsv {

  private TabulatedCsv() {}

  /**
   * Reads a column, the rows in the order of the iterations. {@link CsvReader} says what a file may
   * contain; {@link LoggedColumn} reads a file in which another column names the iterations.
   *
   * @param csv the file
   * @param column its name in the header
   * @param logarithms whether it holds natural logarithms; {@code -inf} then stands for 0
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file, and the line where a row is refused: if there
   *     is no such column, no row, or a field that is not a number
   */
  public static Tabulated read(Path csv, String column, boolean logarithms) throws IOException {
    return read(csv, column, logarithms, warning -> {});
  }

  /**
   * Reads a column and warns where another one seems to name the iterations of the rows.
   *
   * @param warnings gets at most one sentence, which begins with the file
   */
  public static Tabulated read(
      Path csv, String column, boolean logarithms, Consumer<String> warnings) throws IOException {
    List<Double> values = new ArrayList<>();
    try (CsvReader rows = CsvReader.open(csv)) {
      rows.require(column);
      StepLikeColumns others = new StepLikeColumns(rows, column);
      for (CsvRow row : rows) {
        double value = row.number(column);
        if (Double.isNaN(value)) {
          throw row.error("column '%s' holds NaN, which is not a number".formatted(column));
        }
        values.add(value);
        others.add(row);
      }
      others.warning().ifPresent(warning -> warnings.accept(csv + ": " + warning));
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException(csv + " has a header, but no rows");
    }
    return new Tabulated(values, logarithms);
  }
}
