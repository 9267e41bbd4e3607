package explr.lesson;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A statement about a number that was found to hold: {@link #that} makes one only of what holds,
 * and throws where it does not.
 *
 * <p>So a notebook whose text claims a number stops where the number is another:
 *
 * <pre>{@code
 * Claim.that("distance of the directions", distance).isBelow(1e-12)
 * }</pre>
 *
 * @param statement what the number is
 * @param value the number
 * @param bound what it was required to be, in words
 */
public record Claim(String statement, double value, String bound) {

  /** A number that something is to be claimed of. */
  public static About that(String statement, double value) {
    return new About(statement, value);
  }

  /** Claims as a table, one a row. */
  public static Table table(Claim... claims) {
    List<Claim> rows = List.of(claims);
    return Table.create(
        "Checked",
        StringColumn.create("what", rows.stream().map(Claim::statement)),
        DoubleColumn.create("is", rows.stream().mapToDouble(Claim::value).toArray()),
        StringColumn.create("and must be", rows.stream().map(Claim::bound)));
  }

  /**
   * A number that something is to be claimed of. NaN fails every claim.
   *
   * @param statement what it is
   * @param value it
   */
  public record About(String statement, double value) {

    /** |value| &lt; bound: for errors, of either sign. */
    public Claim isBelow(double bound) {
      return require(Math.abs(value) < bound, "below " + exact(bound));
    }

    /** value &gt; bound. */
    public Claim isAbove(double bound) {
      return require(value > bound, "above " + exact(bound));
    }

    /** low ≤ value ≤ high. */
    public Claim isBetween(double low, double high) {
      return require(
          value >= low && value <= high, "between " + exact(low) + " and " + exact(high));
    }

    /**
     * value = expected to so many significant digits: |value − expected| ≤ u/2, where u is one unit
     * of the last of these digits of expected, 10^(⌊log10 |expected|⌋ + 1 − digits). So 1.30 to 3
     * digits holds from 1.295 to 1.305, both with a billionth of u for rounding.
     *
     * @param digits 1 … 15
     */
    public Claim is(double expected, int digits) {
      if (digits < 1 || digits > 15 || !(Math.abs(expected) > 0)) {
        throw new IllegalArgumentException(
            "digits are compared 1 to 15 of a number that is not 0, not %d of %s"
                .formatted(digits, expected));
      }
      double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(expected))) + 1 - digits);
      return require(
          Math.abs(value - expected) <= unit * (0.5 + 1e-9),
          exact(expected) + " (" + digits + (digits == 1 ? " digit)" : " digits)"));
    }

    private Claim require(boolean holds, String bound) {
      if (!holds) {
        throw new AssertionError("%s: must be %s, is %s".formatted(statement, bound, value));
      }
      return new Claim(statement, value, bound);
    }
  }

  @Override
  public String toString() {
    return "%s: %s, as it must be: %s".formatted(statement, text(value), bound);
  }

  /** A bound as it is required: in all its digits, where {@link #text} would cut some. */
  private static String exact(double bound) {
    String text = text(bound);
    return Double.parseDouble(text) == bound ? text : Double.toString(bound);
  }

  /** Three significant digits, for sentences about what a figure shows. */
  static String rounded(double value) {
    return Double.isFinite(value)
        ? text(new BigDecimal(value, new MathContext(3)).doubleValue())
        : String.valueOf(value);
  }

  /** Six significant digits; three where an exponent is written, below 1e-3 and from 1e6. */
  static String text(double value) {
    double size = Math.abs(value);
    if (value == 0 || (size >= 1e-3 && size < 1e6)) {
      String fixed = String.format(Locale.ROOT, "%.6g", value);
      return Stream.of(fixed)
          .map(digits -> digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits)
          .findFirst()
          .orElseThrow();
    }
    return String.format(Locale.ROOT, "%.2e", value)
        .replaceAll("\\.?0+e", "e")
        .replace("e-0", "e-")
        .replace("e+0", "e")
        .replace("e+", "e");
  }
}
