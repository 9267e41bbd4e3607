package explr.statistics;

import java.util.function.DoubleFunction;

/**
 * The numbers that a requirement allows: an interval, each of whose ends belongs to it or not. NaN
 * meets no bound.
 *
 * <pre>{@code
 * Bound.below(1e-12).holds(deviation)
 * }</pre>
 *
 * @param low may be −∞
 * @param withLow whether {@code low} itself is allowed
 * @param high may be ∞
 * @param withHigh whether {@code high} itself is allowed
 */
public record Bound(double low, boolean withLow, double high, boolean withHigh) {

  /** Refuses an interval that contains no number, or every number. */
  public Bound {
    boolean some = low < high || (low == high && withLow && withHigh);
    if (!some || (Double.isInfinite(low) && Double.isInfinite(high))) {
      throw new IllegalArgumentException(
          "a bound allows some numbers and not others; that from %s to %s does not"
              .formatted(low, high));
    }
  }

  /** value &lt; high. */
  public static Bound below(double high) {
    return new Bound(Double.NEGATIVE_INFINITY, true, high, false);
  }

  /** value ≤ high. */
  public static Bound atMost(double high) {
    return new Bound(Double.NEGATIVE_INFINITY, true, high, true);
  }

  /** value &gt; low. */
  public static Bound above(double low) {
    return new Bound(low, false, Double.POSITIVE_INFINITY, true);
  }

  /** value ≥ low. */
  public static Bound atLeast(double low) {
    return new Bound(low, true, Double.POSITIVE_INFINITY, true);
  }

  /** low ≤ value ≤ high. */
  public static Bound between(double low, double high) {
    return new Bound(low, true, high, true);
  }

  /** target − tolerance ≤ value ≤ target + tolerance. */
  public static Bound near(double target, double tolerance) {
    return between(target - tolerance, target + tolerance);
  }

  /** Whether the bound allows this number. */
  public boolean holds(double value) {
    return (withLow ? value >= low : value > low) && (withHigh ? value <= high : value < high);
  }

  /** Whether the bound allows every number from one to another, both included. */
  public boolean holdsFrom(double from, double to) {
    return holds(from) && holds(to);
  }

  /** Whether the bound allows no number from one to another, both included. */
  public boolean failsFrom(double from, double to) {
    return (withLow ? to < low : to <= low) || (withHigh ? high < from : high <= from);
  }

  /** In words: {@code below 1e-12}, {@code between 87.5 and 90.5}. */
  public String words(DoubleFunction<String> number) {
    if (high == Double.POSITIVE_INFINITY) {
      return (withLow ? "at least " : "above ") + number.apply(low);
    }
    if (low == Double.NEGATIVE_INFINITY) {
      return (withHigh ? "at most " : "below ") + number.apply(high);
    }
    return low == high
        ? "exactly " + number.apply(low)
        : "between " + number.apply(low) + " and " + number.apply(high);
  }
}
