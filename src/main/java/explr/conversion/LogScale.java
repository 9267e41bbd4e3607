package explr.conversion;

/**
 * ln P as a running sum of −ln α, compensated (Neumaier), so that a million terms cost no digit.
 */
final class LogScale {

  /** Up to this 1 − α, its complement is an α with a relative error of at most 4e-16. */
  static final double LARGEST_ACCURATE = 0.75;

  private double sum;
  private double compensation;

  /** ln P now. */
  double value() {
    return sum + compensation;
  }

  /**
   * Divides P by α &gt; 0. Both α and 1 − α are needed: near α = 1 only 1 − α is accurate, near α =
   * 0 only α.
   *
   * @param oneMinusAlpha 1 − α
   */
  void divideBy(double oneMinusAlpha, double alpha) {
    double term = minusLog(oneMinusAlpha, alpha);
    double next = sum + term;
    compensation += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }

  /** −ln α, given 1 − α too. */
  static double minusLog(double oneMinusAlpha, double alpha) {
    return oneMinusAlpha <= LARGEST_ACCURATE ? minusLog1m(oneMinusAlpha) : -Math.log(alpha);
  }

  /**
   * −ln(1 − x) for x &lt; 1. The α of a usual recipe is within 1e-3 of 1, where eight terms of the
   * series are exact to the last digit and several times faster than the library's log1p.
   */
  static double minusLog1m(double x) {
    if (Math.abs(x) > 1.0 / 512) {
      return -Math.log1p(-x);
    }
    double tail = 1.0 / 7 + x * (1.0 / 8);
    tail = 1.0 / 6 + x * tail;
    tail = 1.0 / 5 + x * tail;
    tail = 1.0 / 4 + x * tail;
    tail = 1.0 / 3 + x * tail;
    tail = 1.0 / 2 + x * tail;
    return x + x * x * tail;
  }
}
