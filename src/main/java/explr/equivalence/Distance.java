package explr.equivalence;

/** Distances of vectors, relative in the l2 norm. */
final class Distance {

  private Distance() {}

  /** ‖a − b‖ / ‖b‖; 0 if both are 0. */
  static double relative(double[] a, double[] b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      difference += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
    return difference == 0 ? 0 : Math.sqrt(difference / norm);
  }

  /** ‖a/‖a‖ − b/‖b‖‖, which for small angles is the angle in radians. */
  static double directions(double[] a, double[] b) {
    double normA = norm(a);
    double normB = norm(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] / normA - b[i] / normB;
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static double norm(double[] a) {
    double sum = 0;
    for (double value : a) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
