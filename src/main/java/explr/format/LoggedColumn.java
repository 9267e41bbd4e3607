package explr.format;

import explr.csv.CsvReader;
import explr.csv.CsvRow;
import explr.schedule.Tabulated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A column of a log whose rows name their iterations in another column, as the exports of
 * TensorBoard and Weights &amp; Biases and the files of Lightning's CSVLogger do.
 *
 * <p>Iterations are counted from 0. They must ascend: a log with the rows of a resumed run, or in
 * another order, is refused with the line. A log that begins later needs the value at iteration 0.
 * A row whose value is empty is a row of another quantity and ignored. After the last row its value
 * is kept for as long as the last two rows are apart.
 *
 * @param csv the file
 * @param column the name of the column of values
 * @param logarithms whether it holds natural logarithms; {@code -inf} then stands for 0
 * @param step the name of the column of iterations
 * @param between the values where iterations are missing; empty refuses such a log
 * @param first what the column would hold at iteration 0, for a log that begins later
 */
public record LoggedColumn(
    Path csv,
    String column,
    boolean logarithms,
    String step,
    Optional<Between> between,
    OptionalDouble first) {

  /** The longest table that is made of a log. */
  private static final int MOST_ITERATIONS = 20_000_000;

  /** The line of the value at iteration 0 that is not in the file. */
  private static final long BEFORE_ALL = 0;

  /**
   * What was read.
   *
   * @param table the values at iterations 0, 1, 2, …
   * @param lastStep the iteration of the last row; later values of the table are filled in
   */
  public record Log(Tabulated table, long lastStep) {}

  /** A row that has a value. */
  private record Entry(long line, long step, double value) {}

  /**
   * Reads the log.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file, and the line where a row is refused
   */
  public Log read() throws IOException {
    List<Double> values = new ArrayList<>();
    Entry last = first.isPresent() ? new Entry(BEFORE_ALL, 0, first.getAsDouble()) : null;
    long gap = 1;
    try (CsvReader rows = CsvReader.open(csv)) {
      rows.require(column);
      rows.require(step);
      for (CsvRow row : rows) {
        if (row.get(column).isBlank()) {
          continue;
        }
        Entry entry = new Entry(row.line(), step(row), value(row));
        check(row, last, entry);
        if (last != null) {
          gap = entry.step() - last.step();
          fill(values, last, entry);
        }
        last = entry;
      }
    }
    if (last == null || last.line() == BEFORE_ALL) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has no row with a value in column '%s'", csv, column));
    }
    for (long i = 0; i < gap && values.size() < MOST_ITERATIONS; i++) {
      values.add(last.value());
    }
    return new Log(new Tabulated(values, logarithms), last.step());
  }

  private long step(CsvRow row) {
    double number = row.number(step);
    if (!(number >= 0 && number < MOST_ITERATIONS && number == Math.rint(number))) {
      throw row.error(
          String.format(
              Locale.ROOT,
              "column '%s' must hold iterations, whole numbers from 0 to %d, not '%s'",
              step,
              MOST_ITERATIONS - 1,
              row.get(step).strip()));
    }
    return (long) number;
  }

  private double value(CsvRow row) {
    double value = row.number(column);
    if (Double.isNaN(value)) {
      throw row.error(
          String.format(Locale.ROOT, "column '%s' holds NaN, which is not a number", column));
    }
    return value;
  }

  private void check(CsvRow row, Entry last, Entry entry) {
    if (last == null) {
      if (entry.step() != 0) {
        throw row.error(
            String.format(
                Locale.ROOT,
                "the first row is of %s %d, and the values before it are unknown. Give the"
                    + " value at iteration 0: \"first\" in a recipe, --first with --from-log. If"
                    + " the column counts from 1, subtract 1 from it",
                step,
                entry.step()));
      }
      return;
    }
    if (last.line() == BEFORE_ALL && entry.step() == 0) {
      throw row.error(
          String.format(
              Locale.ROOT,
              "the log begins at %s 0, but a value for iteration 0 is also given, as \"first\""
                  + " in a recipe or as --first; remove that value, or this row",
              step));
    }
    if (entry.step() <= last.step()) {
      throw row.error(
          String.format(
              Locale.ROOT,
              "%s %d follows %d of line %d; steps must ascend. If the run was resumed, remove the"
                  + " rows that were trained again",
              step,
              entry.step(),
              last.step(),
              last.line()));
    }
    if (entry.step() > last.step() + 1 && between.isEmpty()) {
      throw row.error(
          String.format(
              Locale.ROOT,
              "%s %d follows %d, and the values between them are missing. Hold the value of the"
                  + " row before, or interpolate on a straight line: \"between\": \"hold\" or"
                  + " \"interpolate\" in a recipe, --between hold or interpolate with --from-log",
              step,
              entry.step(),
              last.step()));
    }
  }

  /** The values from one row to the next, without the next. */
  private void fill(List<Double> values, Entry from, Entry to) {
    double length = to.step() - from.step();
    for (long t = from.step(); t < to.step(); t++) {
      double part = (t - from.step()) / length;
      values.add(between.orElse(Between.HOLD).value(from.value(), to.value(), part));
    }
  }
}
