package explr.ledger;

/** Student's distribution, as far as intervals need it. */
final class Student {

  /** The quantile of the normal distribution. */
  private static final double NORMAL = 1.6448536269514722;

  /** Quantiles of 1, 2, 3 and 4 degrees of freedom, where the expansion is not good enough. */
  private static final double[] FEW = {6.313752, 2.919986, 2.353363, 2.131847};

  private Student() {}

  /**
   * The value that is exceeded with a probability of 5 %, to 0.5 %.
   *
   * <p>From 5 degrees ν on z + (z³ + z)/(4ν) + (5z⁵ + 16z³ + 3z)/(96ν²), z of the normal
   * distribution (Abramowitz and Stegun 1964, 26.7.5).
   *
   * @param degrees of freedom, ≥ 1; a broken number below 5 is rounded down, to the wider side
   */
  static double quantile(double degrees) {
    if (!(degrees >= 1)) {
      throw new IllegalArgumentException(
          "Student's distribution needs at least 1 degree of freedom, not " + degrees);
    }
    if (degrees < 5) {
      return FEW[(int) degrees - 1];
    }
    double z = NORMAL;
    double cube = z * z * z;
    return z
        + (cube + z) / (4 * degrees)
        + (5 * cube * z * z + 16 * cube + 3 * z) / (96 * degrees * degrees);
  }
}
