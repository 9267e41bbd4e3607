package explr.lesson;

import explr.statistics.Bound;
import explr.text.Numbers;
import java.math.BigDecimal;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A statement about a number that holds: {@link #that} leads to a claim only if it holds, and
 * throws otherwise.
 *
 * <p>A notebook whose text states a number thus stops where the number differs:
 *
 * <pre>{@code
 * Claim.that("distance of the directions", distance).isBelow(1e-12)
 * }</pre>
 *
 * @param statement what the number is
 * @param value the number
 * @param bound that the number meets, in words
 */
public record Claim(String statement, double value, String bound) {

  /** Significant digits of a number whose precision does not matter. */
  private static final int DIGITS = 6;

  /** A bound with more digits was computed, not typed. */
  private static final int MOST_TYPED = 12;

  /** A number about which something is claimed. */
  public static About that(String statement, double value) {
    return new About(statement, value);
  }

  /** A table of claims, one per row. */
  public static Table table(Claim... claims) {
    List<Claim> rows = List.of(claims);
    return Table.create(
        "Checked",
        StringColumn.create("what", rows.stream().map(Claim::statement)),
        DoubleColumn.create("is", rows.stream().mapToDouble(Claim::value).toArray()),
        StringColumn.create("and must be", rows.stream().map(Claim::bound)));
  }

  /**
   * A number about which something is claimed. NaN fails every claim.
   *
   * @param statement what the number is
   * @param value the number
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
     * value = expected to a number of significant digits: |value − expected| ≤ u/2, where u is one
     * unit of the last of these digits of expected, 10^(⌊log10 |expected|⌋ + 1 − digits). For
     * example, 1.30 to 3 digits holds from 1.295 to 1.305. A billionth of u is added for rounding.
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

  /** A typed bound in all its digits, a computed one in six. */
  private static String written(double bound) {
    return written(bound, DIGITS);
  }

  /** A typed bound in all its digits, a computed one in {@code digits}, but at least six. */
  private static String written(double bound, int digits) {
    int all = new BigDecimal(Double.toString(bound)).stripTrailingZeros().precision();
    return Numbers.literal(bound, Math.max(DIGITS, all <= MOST_TYPED ? all : digits));
  }
}
