package explr.store;

/**
 * Doubles in hexadecimal, exactly as {@link Double#toHexString} and C's {@code %a} write them: a
 * plan of the paper's runs has a million of them, and Java's own method takes most of a second for
 * these.
 */
final class HexFloat {

  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENT = 0x7ff;
  private static final int BIAS = 1023;
  private static final String DIGITS = "0123456789abcdef";

  private HexFloat() {}

  /** Appends a double; infinite ones and NaN as words. */
  static void append(StringBuilder text, double value) {
    if (!Double.isFinite(value)) {
      text.append(value);
      return;
    }
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = bits & MANTISSA;
    int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENT;
    text.append(bits < 0 ? "-0x" : "0x").append(exponent == 0 ? '0' : '1').append('.');
    int shift = MANTISSA_BITS;
    do {
      shift -= 4;
      text.append(DIGITS.charAt((int) (mantissa >>> shift) & 0xf));
    } while ((mantissa & ((1L << shift) - 1)) != 0);
    boolean subnormal = exponent == 0 && mantissa != 0;
    text.append('p').append(exponent == 0 ? (subnormal ? 1 - BIAS : 0) : exponent - BIAS);
  }
}
