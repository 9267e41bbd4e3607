package explr.measurement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * Rows of numbers as text: the same doubles give the same bytes, and the bytes give the doubles
 * back.
 *
 * <p>An empty field is a value that was not measured; {@code NaN}, {@code Infinity} and {@code
 * -Infinity} are values that were.
 */
final class CsvText {

  private CsvText() {}

  static String header(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(",")) + "\n";
  }

  static String line(List<Column> columns, Map<Column, ? extends Number> row) {
    for (Column given : row.keySet()) {
      if (!columns.contains(given)) {
        throw new IllegalArgumentException(
            "the table has no column '"
                + given.name()
                + "'; it has "
                + columns.stream().map(Column::name).toList());
      }
    }
    return columns.stream()
            .map(column -> field(column, row.get(column)))
            .collect(Collectors.joining(","))
        + "\n";
  }

  private static String field(Column column, Number value) {
    if (value == null) {
      return "";
    }
    return switch (column.kind()) {
      case REAL -> Double.toString(value.doubleValue());
      case LONG -> Long.toString(whole(column, value));
    };
  }

  private static long whole(Column column, Number value) {
    boolean whole = value instanceof Integer || value instanceof Long;
    if (!whole) {
      throw new IllegalArgumentException(
          "column '" + column.name() + "' holds whole numbers, not " + value);
    }
    return value.longValue();
  }

  /** Reads complete lines; {@code file} only names the source in an error. */
  static Table table(List<String> lines, Path file) throws IOException {
    if (lines.isEmpty()) {
      throw new IOException(file + " is empty: a table of measurements begins with its columns");
    }
    String[] names = lines.get(0).split(",", -1);
    List<tech.tablesaw.columns.Column<?>> columns =
        Arrays.stream(names).<tech.tablesaw.columns.Column<?>>map(CsvText::emptyColumn).toList();
    for (int line = 1; line < lines.size(); line++) {
      String[] fields = lines.get(line).split(",", -1);
      try {
        if (fields.length != names.length) {
          throw new NumberFormatException(fields.length + " fields instead of " + names.length);
        }
        for (int i = 0; i < fields.length; i++) {
          append(columns.get(i), fields[i]);
        }
      } catch (NumberFormatException e) {
        throw new IOException(file + ", line " + (line + 1) + ": " + e.getMessage(), e);
      }
    }
    return Table.create(String.valueOf(file.getFileName()), columns);
  }

  private static tech.tablesaw.columns.Column<?> emptyColumn(String name) {
    return switch (Column.named(name).kind()) {
      case LONG -> LongColumn.create(name);
      case REAL -> DoubleColumn.create(name);
    };
  }

  private static void append(tech.tablesaw.columns.Column<?> column, String field) {
    if (field.isEmpty()) {
      column.appendMissing();
    } else if (column instanceof LongColumn longs) {
      longs.append(Long.parseLong(field));
    } else if (column instanceof DoubleColumn doubles) {
      doubles.append(Double.parseDouble(field));
    }
  }
}
