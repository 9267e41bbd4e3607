package explr.training;

/** Lengths and angles of weight vectors, safe where squares leave the range of a double. */
final class Norms {

  private static final double LOG10_2 = Math.log10(2);

  private Norms() {}

  /**
   * log10 ‖w‖ for a vector that is kept as 2^scaleExponent · w; −∞ for the zero vector.
   *
   * <p>Powers of two are counted as integers, so that the same vector kept at two scales gives the
   * same bits.
   */
  static double log10Norm(double[] kept, int scaleExponent) {
    double largest = largest(kept);
    if (largest == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    int exponent = Math.getExponent(largest);
    double sum = 0;
    for (double value : kept) {
      double scaled = Math.scalb(value, -exponent);
      sum += scaled * scaled;
    }
    return 0.5 * Math.log10(sum) + (exponent - scaleExponent) * LOG10_2;
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
