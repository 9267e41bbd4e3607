package explr.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A list of values, one for each iteration; outside the list there is none, and asking is an error.
 *
 * @param values the values, or their natural logarithms
 * @param logarithms whether the list holds logarithms, as it must where values leave the range of a
 *     double
 */
public record Tabulated(List<Double> values, boolean logarithms) implements KnownSchedule {

  /** Refuses an empty list and values that are not numbers. */
  public Tabulated {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a table needs at least one value");
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isNaN()) {
        throw new IllegalArgumentException("the table has no number at iteration " + i);
      }
    }
  }

  /** The values at iterations 0, 1, 2, … */
  public static Tabulated of(double... values) {
    return new Tabulated(Arrays.stream(values).boxed().toList(), false);
  }

  /** The values at iterations 0, 1, 2, … by their natural logarithms; −∞ stands for 0. */
  public static Tabulated ofLogarithms(double... logarithms) {
    return new Tabulated(Arrays.stream(logarithms).boxed().toList(), true);
  }

  /**
   * What another schedule says at iterations 0 … n − 1, by its logarithms if one of its values is
   * beyond a double.
   *
   * @param iterations n, from 1 to as many as a list holds
   */
  public static Tabulated of(Schedule schedule, long iterations) {
    Require.atLeastOne("the number of iterations of a table", iterations);
    boolean logarithms = false;
    double[] values = new double[Math.toIntExact(iterations)];
    for (int t = 0; t < values.length; t++) {
      values[t] = schedule.at(t);
      logarithms |= Double.isInfinite(values[t]);
    }
    if (!logarithms) {
      return of(values);
    }
    for (int t = 0; t < values.length; t++) {
      values[t] = schedule.logAt(t);
    }
    return ofLogarithms(values);
  }

  /**
   * A column of a CSV file, the rows in the order of the iterations.
   *
   * <p>The first line that is not a comment (#) names the columns; fields are separated by commas
   * and not quoted.
   *
   * @param csv the file
   * @param column its name in the header
   * @param logarithms whether it holds natural logarithms
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it has no such column, or a field of it is not a number
   */
  public static Tabulated read(Path csv, String column, boolean logarithms) throws IOException {
    List<Double> values = new ArrayList<>();
    int index = -1;
    int row = 0;
    for (String line : Files.readAllLines(csv)) {
      row++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> fields = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
      if (index < 0) {
        index = fields.indexOf(column);
        if (index < 0) {
          throw new IllegalArgumentException(
              "%s has no column '%s'; it has %s".formatted(csv, column, fields));
        }
      } else {
        values.add(number(csv, row, fields, index));
      }
    }
    return new Tabulated(values, logarithms);
  }

  private static double number(Path csv, int row, List<String> fields, int index) {
    String field = index < fields.size() ? fields.get(index) : "";
    try {
      return switch (field) {
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "inf" -> Double.POSITIVE_INFINITY;
        default -> Double.parseDouble(field);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s, line %d: '%s' is not a number".formatted(csv, row, field), e);
    }
  }

  @Override
  public double at(long iteration) {
    double value = entry(iteration);
    return logarithms ? Math.exp(value) : value;
  }

  @Override
  public double logAt(long iteration) {
    double value = entry(iteration);
    return logarithms ? value : Math.log(value);
  }

  private double entry(long iteration) {
    if (iteration < 0 || iteration >= values.size()) {
      throw new IllegalArgumentException(
          "the table has values for iterations 0 … %d, not for %d"
              .formatted(values.size() - 1, iteration));
    }
    return values.get((int) iteration);
  }
}
