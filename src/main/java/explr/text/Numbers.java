package explr.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Numbers as text for people: captions, tables, reports. The text never depends on the locale.
 *
 * <p>Values that are not finite read {@code NaN}, {@code Infinity} or {@code -Infinity}.
 */
public final class Numbers {

  /** Smaller numbers, such as 0.0009, are written with a power of ten. */
  private static final int SMALLEST_EXPONENT = -3;

  /** Longer whole numbers are written with a power of ten, unless that would hide digits. */
  private static final int LONGEST = 5;

  private Numbers() {}

  /**
   * At most {@code digits} significant digits, for captions: {@code 0.0843}, {@code 1230}, {@code
   * 4.88·10^-5}.
   *
   * <p>Trailing zeros are dropped. A power of ten is used below 0.001, and where there are more
   * than five digits before the point, or more than {@code digits} if this is larger. The exact
   * value of the double is rounded, as in JavaScript's {@code toPrecision}, so that a page can
   * write the same text.
   */
  public static String significant(double value, int digits) {
    return text(value, digits, "·10^");
  }

  /**
   * The same as a program writes it, for tables and claims: {@code 0.0843}, {@code 1230}, {@code
   * 4.88e-5}.
   */
  public static String literal(double value, int digits) {
    return text(value, digits, "e");
  }

  private static String text(double value, int digits, String power) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent >= SMALLEST_EXPONENT && exponent < Math.max(LONGEST, digits)
        ? rounded.stripTrailingZeros().toPlainString()
        : rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + power + exponent;
  }

  /**
   * Exactly {@code decimals} decimals: {@code 87.5}, {@code 1.00}. The shortest decimal form of the
   * double is rounded, halves away from 0: 87.45 to 87.5.
   */
  public static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** At most {@code decimals} decimals: {@code 80}, {@code 2.5}, {@code 2.076923}. */
  public static String rounded(double value, int decimals) {
    String text = fixed(value, decimals);
    return Double.isFinite(value)
        ? new BigDecimal(text).stripTrailingZeros().toPlainString()
        : text;
  }

  /** An integer with its thousands grouped: {@code 62,560}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /**
   * A number of any size, given by its log10: three significant digits from 0.001 to 100,000, else
   * {@code 10^26.1}.
   */
  public static String powerOfTen(double log10) {
    if (log10 == Double.NEGATIVE_INFINITY) {
      return "0";
    }
    if (!Double.isFinite(log10)) {
      return "not a number";
    }
    return log10 >= -3 && log10 < 5
        ? significant(Math.pow(10, log10), 3)
        : "10^" + rounded(log10, 1);
  }
}
