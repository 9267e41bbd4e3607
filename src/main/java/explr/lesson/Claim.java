package explr.lesson;

import explr.statistics.Bound;
import explr.text.Numbers;
import java.math.BigDecimal;
import java.util.List;
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

  /** Significant digits of a number whose precision does not matter. */
  private static final int DIGITS = 6;

  /** Digits of a number that somebody typed, at most; one with more was computed. */
  private static final int MOST_TYPED = 12;

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
      return require(Bound.below(bound), Math.abs(value));
    }

    /** value &gt; bound. */
    public Claim isAbove(double bound) {
      return require(Bound.above(bound), value);
    }

    /** low ≤ value ≤ high. */
    public Claim isBetween(double low, double high) {
      return require(Bound.between(low, high), value);
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
          Bound.atMost(unit * (0.5 + 1e-9)).holds(Math.abs(value - expected)),
          "%s (%d %s)"
              .formatted(written(expected, digits + 1), digits, digits == 1 ? "digit" : "digits"));
    }

    private Claim require(Bound bound, double number) {
      return require(bound.holds(number), bound.words(Claim::written));
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
    return "%s: %s, as it must be: %s".formatted(statement, Numbers.literal(value, DIGITS), bound);
  }

  /** A bound in all the digits that somebody typed; one that was computed, in six. */
  private static String written(double bound) {
    return written(bound, DIGITS);
  }

  /** The same; one that was computed, in so many digits, but at least six. */
  private static String written(double bound, int digits) {
    int all = new BigDecimal(Double.toString(bound)).stripTrailingZeros().precision();
    return Numbers.literal(bound, Math.max(DIGITS, all <= MOST_TYPED ? all : digits));
  }
}
