package explr.conversion;

/**
 * The recursion of TEXP++ for u_t, in double-double arithmetic.
 *
 * <p>Near the critical λη, or with a momentum near 1, the recursion forgets slowly, and what each
 * of thousands of steps rounds adds up to a thousand ulp; the low part keeps it below one. It costs
 * hardly any time, because the processor works on both parts at once.
 */
final class BufferOffset {

  private double high;
  private double low;

  /** u_t. */
  double value() {
    return high;
  }

  /**
   * Goes on to u_{t+1} = w / α_{t+1}, where w = λ + γu_t and α_{t+1} = 1 − ηw.
   *
   * @return 1 − α_{t+1}; if it is not below 1 the offset has lost its meaning
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

    high = pull / alpha;
    low = (Math.fma(-high, alpha, pull) + pullLow - high * alphaLow) / alpha;
    return oneMinusAlpha + oneMinusAlphaLow;
  }
}
