package explr.csv;

import java.util.List;
import java.util.Locale;

/** A row of a CSV file: its fields by the names of their columns. */
public final class CsvRow {

  private static final String DIGITS_AND_SIGNS = "0123456789+-.eE";

  private final CsvReader file;
  private final long line;
  private final List<String> fields;

  CsvRow(CsvReader file, long line, List<String> fields) {
    this.file = file;
    this.line = line;
    this.fields = fields;
  }

  /** The number of its line, counted from 1; of its first line where a field has several. */
  public long line() {
    return line;
  }

  /**
   * The field of a column, as it is in the file.
   *
   * @throws IllegalArgumentException if there is no such column; the message names those that there
   *     are
   */
  public String get(String column) {
    return fields.get(file.index(column));
  }

  /**
   * The decimal number in a column, spaces around it ignored; {@code inf}, {@code Infinity} and
   * {@code NaN} are numbers too.
   *
   * @throws IllegalArgumentException if it is not a number, with the line and the field; so are
   *     Java's {@code 0.1f} and hexadecimal numbers, and a number beyond the range of a double
   */
  public double number(String column) {
    String field = get(column).strip();
    switch (field) {
      case "inf", "+inf", "Infinity":
        return Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity":
        return Double.NEGATIVE_INFINITY;
      case "nan", "NaN":
        return Double.NaN;
      default:
        return decimal(column, field);
    }
  }

  private double decimal(String column, String field) {
    if (!field.chars().allMatch(c -> DIGITS_AND_SIGNS.indexOf(c) >= 0)) {
      throw error(
          String.format(
              Locale.ROOT, "'%s' in column '%s' is not a number", shortened(field), column));
    }
    double value;
    try {
      value = Double.parseDouble(field);
    } catch (NumberFormatException e) {
      throw error(
          String.format(
              Locale.ROOT, "'%s' in column '%s' is not a number", shortened(field), column));
    }
    if (Double.isInfinite(value)) {
      throw error(
          String.format(
              Locale.ROOT,
              "'%s' in column '%s' is beyond what a double holds, 1.8e308",
              shortened(field),
              column));
    }
    return value;
  }

  /**
   * The whole number in a column, spaces around it ignored: a sign and the digits 0 to 9.
   *
   * @throws IllegalArgumentException if it is not one, with the line and the field
   */
  public long whole(String column) {
    String field = get(column).strip();
    if (!field.chars().allMatch(c -> DIGITS_AND_SIGNS.indexOf(c) >= 0)) {
      // Java would accept the digits of other scripts.
      throw error(
          String.format(
              Locale.ROOT, "'%s' in column '%s' is not a whole number", shortened(field), column));
    }
    try {
      return Long.parseLong(field);
    } catch (NumberFormatException e) {
      throw error(
          String.format(
              Locale.ROOT, "'%s' in column '%s' is not a whole number", shortened(field), column));
    }
  }

  /** An exception that names the file and the line. */
  public IllegalArgumentException error(String message) {
    return file.error(line, message);
  }

  private static String shortened(String field) {
    return field.length() <= 40 ? field : field.substring(0, 37) + "...";
  }
}
