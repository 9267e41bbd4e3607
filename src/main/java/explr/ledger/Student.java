package explr.ledger;

import org.apache.commons.statistics.distribution.TDistribution;

/** Student's distribution, as far as intervals need it. */
final class Student {

  /** What lies beyond each end of an interval of 90 %. */
  private static final double TAIL = 0.05;

  /** Below so many degrees of freedom, a fractional number is rounded down. */
  private static final double FEW = 5;

  private Student() {}

  /**
   * The value that is exceeded with a probability of 5 %.
   *
   * <p>The degrees of freedom of a combined error are themselves an estimate, and below {@value
   * #FEW} the quantile depends strongly on them. There a fractional number is rounded down, which
   * makes the interval wider.
   *
   * @param degrees of freedom, ≥ 1; infinite for the normal distribution
   */
  static double quantile(double degrees) {
    if (!(degrees >= 1)) {
      throw new IllegalArgumentException(
          "Student's distribution needs at least 1 degree of freedom, not " + degrees);
    }
    double used = degrees < FEW ? Math.floor(degrees) : degrees;
    return TDistribution.of(used).inverseSurvivalProbability(TAIL);
  }
}
