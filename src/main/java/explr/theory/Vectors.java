package explr.theory;

/** The few operations on vectors that this package needs. */
final class Vectors {

  private Vectors() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** |a|; refuses the zero vector, which has no direction. */
  static double norm(double[] a) {
    double norm = Math.sqrt(dot(a, a));
    if (!(norm > 0)) {
      throw new IllegalArgumentException(
          "a scale-invariant loss is defined for weights of a norm > 0, not " + norm);
    }
    return norm;
  }

  /** c·a. */
  static double[] scaled(double c, double[] a) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = c * a[i];
    }
    return result;
  }

  /** a + c·b. */
  static double[] plus(double[] a, double c, double[] b) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] + c * b[i];
    }
    return result;
  }

  /**
   * The part of a slope orthogonal to the weights, divided by their norm: the gradient of f(θ/|θ|).
   */
  static double[] tangential(double[] slope, double[] weights, double norm) {
    double radial = dot(slope, weights) / (norm * norm);
    return scaled(1 / norm, plus(slope, -radial, weights));
  }
}
