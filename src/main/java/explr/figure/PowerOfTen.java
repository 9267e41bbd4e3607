package explr.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers of any size, given by their log10, as text. */
public final class PowerOfTen {

  private PowerOfTen() {}

  /** Three digits where the number is of everyday size, else {@code 10^26.1}. */
  public static String text(double log10) {
    if (!Double.isFinite(log10)) {
      return log10 == Double.NEGATIVE_INFINITY ? "0" : "not a number";
    }
    if (log10 > -3 && log10 < 5) {
      return new BigDecimal(Math.pow(10, log10))
          .round(new MathContext(3))
          .stripTrailingZeros()
          .toPlainString();
    }
    return String.format(Locale.ROOT, "10^%.1f", log10).replace(".0", "");
  }

  /** Four significant digits, written out. */
  public static String plain(double value) {
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** Escapes text for HTML and raises its exponents. */
  public static String html(String text) {
    return Html.escape(text).replaceAll("10\\^(-?[0-9.]*[0-9])", "10<sup>$1</sup>");
  }
}
