package explr.format;

import explr.csv.CsvReader;
import explr.csv.CsvRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The columns of a CSV file that seem to name the iterations of its rows, while the rows are read
 * as the iterations 0, 1, 2, …
 *
 * <p>A column looks like steps if its name is or ends in step, iteration or iter, or if it holds
 * whole numbers in ascending order. It causes a warning unless it counts by one from 0 or 1.
 */
final class StepLikeColumns {

  static final Pattern NAME =
      Pattern.compile("(.*[^a-z])?(step|iter|iteration)s?", Pattern.CASE_INSENSITIVE);

  /** A column, as far as its rows have been read. */
  private static final class Column {
    private final String name;
    private boolean wholeAndAscending = true;
    private double last = Double.NEGATIVE_INFINITY;
    private double expected;
    private Optional<String> contradiction = Optional.empty();

    Column(String name) {
      this.name = name;
    }

    boolean mayBeSteps() {
      return wholeAndAscending || NAME.matcher(name).matches();
    }

    void add(CsvRow row, long index) {
      String field = row.get(name).strip();
      double number = wholeNumber(field);
      wholeAndAscending &= number > last;
      last = number;
      expected = index == 0 && number == 1 ? 1 : expected;
      if (contradiction.isEmpty() && number != expected) {
        contradiction =
            Optional.of(
                String.format(Locale.ROOT, "'%s' in line %d", Fields.shortened(field), row.line()));
      }
      expected++;
    }

    private static double wholeNumber(String field) {
      boolean whole =
          !field.isEmpty()
              && field.length() < 16
              && field.chars().allMatch(c -> c >= '0' && c <= '9');
      return whole ? Long.parseLong(field) : Double.NaN;
    }
  }

  private final List<Column> columns;
  private final String values;
  private long rows;

  /**
   * Examines the columns of a file.
   *
   * @param values the column that is read
   */
  StepLikeColumns(CsvReader file, String values) {
    this.values = values;
    this.columns =
        file.columns().stream().filter(name -> !name.equals(values)).map(Column::new).toList();
  }

  void add(CsvRow row) {
    for (Column column : columns) {
      if (column.mayBeSteps()) {
        column.add(row, rows);
      }
    }
    rows++;
  }

  /** A warning, if a column looks like steps that differ from the numbers of the rows. */
  Optional<String> warning() {
    return columns.stream()
        .filter(column -> column.mayBeSteps() && column.contradiction.isPresent())
        .findFirst()
        .map(
            column ->
                String.format(
                    Locale.ROOT,
                    "the rows are read as iterations 0, 1, 2, …, but column '%s' looks like steps and"
                        + " holds %s; to read column '%s' at these steps add \"step\": \"%s\"",
                    column.name,
                    column.contradiction.orElseThrow(),
                    values,
                    column.name));
  }
}
