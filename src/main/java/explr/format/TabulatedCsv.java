package explr.format;

import explr.csv.CsvReader;
import explr.csv.CsvRow;
import explr.schedule.Tabulated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A column of a CSV file as a schedule. */
public final class TabulatedCsv {

  private TabulatedCsv() {}

  /**
   * Reads a column, whose rows are the iterations 0, 1, 2, …, and warns if another column seems to
   * name the iterations; {@link LoggedColumn} reads such a file. {@link CsvReader} says what a file
   * may contain.
   *
   * @param csv the file
   * @param column its name in the header
   * @param logarithms whether it holds natural logarithms; {@code -inf} then stands for 0
   * @param warnings receives at most one sentence, which begins with the file
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file, and the line where a row is refused: if there
   *     is no such column, no row, or a field that is not a number
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
          throw row.error(
              String.format(Locale.ROOT, "column '%s' holds NaN, which is not a number", column));
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
