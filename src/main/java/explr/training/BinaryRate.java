package explr.training;

/**
 * A positive number as mantissa · 2^exponent, or 0.
 *
 * <p>A learning rate is split once from its logarithm. Scaling it by a power of two afterwards
 * changes the exponent alone and so no bit of what is computed with it; taking the exponential of a
 * shifted logarithm would.
 *
 * @param mantissa about 1 to 2, or 0; exact to about |logarithm| · 1e-16
 * @param exponent of two
 */
record BinaryRate(double mantissa, long exponent) {

  private static final double LN2 = Math.log(2);

  /** Splits e^logarithm; −∞ gives 0. */
  static BinaryRate ofLogarithm(double logarithm) {
    if (logarithm == Double.NEGATIVE_INFINITY) {
      return new BinaryRate(0, 0);
    }
    long exponent = (long) Math.floor(logarithm / LN2);
    return new BinaryRate(Math.exp(logarithm - exponent * LN2), exponent);
  }

  /** This number times 2^power. */
  BinaryRate timesPowerOfTwo(long power) {
    return new BinaryRate(mantissa, exponent + power);
  }

  /** The number; infinite or 0 where a double cannot hold it. */
  double value() {
    return Math.scalb(mantissa, (int) Math.max(-5000, Math.min(5000, exponent)));
  }
}
