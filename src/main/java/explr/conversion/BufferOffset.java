package explr.conversion;

/**
 * The recursion of TEXP++ for u_t, in double-double arithmetic.
 *
 * <p>Near the critical λη, or with a momentum near 1, the recursion forgets slowly, and what each
 * of thousands of steps rounds adds up to a thousand ulp; the low part keeps it below one. It costs
 * hardly any time, because the processor works on both parts at once.
 */
final class BufferOffset {

  /** A generous bound on the relative rounding error of one step in double-double arithmetic. */
  private static final double ROUNDING = 0x1p-98;

  private double high;
  private double low;
  private double alphaOfLast = 1;

  /** A bound on the relative error of u. */
  private double error;

  /** A bound on the relative error of the α of the last step. */
  private double errorOfAlpha;

  /** u_t. */
  double value() {
    return high;
  }

  /** α of the last step. */
  double alpha() {
    return alphaOfLast;
  }

  /**
   * Whether the α of the last step has fewer than 13 correct digits. Where λη is near 1 in several
   * iterations, each of them divides the relative accuracy that is left by its α.
   */
  boolean hasLostDigits() {
    return errorOfAlpha > 1e-13;
  }

  /**
   * Moves to u_{t+1} = w / α_{t+1}, where w = λ + γu_t and α_{t+1} = 1 − ηw.
   *
   * @return 1 − α_{t+1}; if {@link #alpha} is not positive, the offset has no meaning
   */
  double step(double learningRate, double weightDecay, double momentum) {
    double product = momentum * high;
    double pull = weightDecay + product;
    double shared = pull - product;
    double pullLow =
        ((product - (pull - shared)) + (weightDecay - shared))
            + Math.fma(momentum, high, -product)
            + momentum * low;

    double oneMinusAlpha = learningRate * pull;
    double oneMinusAlphaLow = Math.fma(learningRate, pull, -oneMinusAlpha) + learningRate * pullLow;

    double alpha = 1 - oneMinusAlpha;
    double alphaLow = ((1 - alpha) - oneMinusAlpha) - oneMinusAlphaLow;
    if (oneMinusAlpha > LogScale.LARGEST_ACCURATE) {
      // With α this near 0, the high part alone may have no correct digit.
      double sum = alpha + alphaLow;
      alphaLow += alpha - sum;
      alpha = sum;
    }
    alphaOfLast = alpha;
    double errorOfPull = product == 0 ? 0 : error * (product / pull) + ROUNDING;
    error = errorOfPull / alpha + ROUNDING;
    errorOfAlpha = errorOfPull * oneMinusAlpha / alpha;

    high = pull / alpha;
    low = (Math.fma(-high, alpha, pull) + pullLow - high * alphaLow) / alpha;
    return oneMinusAlpha + oneMinusAlphaLow;
  }
}
