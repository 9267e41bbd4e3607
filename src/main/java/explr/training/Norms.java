package explr.training;

/** Lengths and angles of weight vectors, safe where squares leave the range of a double. */
final class Norms {

  private Norms() {}

  /** log10 ‖w‖; −∞ for the zero vector. */
  static double log10Norm(double[] w) {
    double largest = largest(w);
    if (largest == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0;
    for (double value : w) {
      sum += (value / largest) * (value / largest);
    }
    return Math.log10(largest) + 0.5 * Math.log10(sum);
  }

  /**
   * The angle between two vectors in radians, 0 to π.
   *
   * <p>2 atan2(‖a − b‖, ‖a + b‖) of the unit vectors a and b keeps its accuracy for small angles,
   * where the arc cosine of the product loses it.
   */
  static double angle(double[] u, double[] v) {
    double uNorm = norm(u);
    double vNorm = norm(v);
    double difference = 0;
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      double a = u[i] / uNorm;
      double b = v[i] / vNorm;
      difference += (a - b) * (a - b);
      sum += (a + b) * (a + b);
    }
    return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
  }

  private static double norm(double[] w) {
    double largest = largest(w);
    double sum = 0;
    for (double value : w) {
      sum += (value / largest) * (value / largest);
    }
    return largest * Math.sqrt(sum);
  }

  private static double largest(double[] w) {
    double largest = 0;
    for (double value : w) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
