package explr.statistics;

/** The l2 norm of vectors, and distances of vectors of equal length in it. */
public final class Distance {

  private Distance() {}

  /** ‖a‖. */
  public static double norm(double[] a) {
    return Math.sqrt(squaredNorm(a));
  }

  /** ‖a − b‖. */
  public static double between(double[] a, double[] b) {
    return Math.sqrt(squared(a, b));
  }

  /**
   * ‖a − b‖ / ‖b‖.
   *
   * @return infinite if only b is 0; NaN if a and b are both 0, which no bound accepts
   */
  public static double relative(double[] a, double[] b) {
    return Math.sqrt(squared(a, b) / squaredNorm(b));
  }

  /** ‖a/‖a‖ − b/‖b‖‖: the angle in radians where it is small; NaN if a or b is 0. */
  public static double ofDirections(double[] a, double[] b) {
    return between(direction(a), direction(b));
  }

  private static double[] direction(double[] a) {
    double norm = norm(a);
    double[] direction = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      direction[i] = a[i] / norm;
    }
    return direction;
  }

  private static double squaredNorm(double[] a) {
    double sum = 0;
    for (double value : a) {
      sum += value * value;
    }
    return sum;
  }

  private static double squared(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d values have no distance".formatted(a.length, b.length));
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
