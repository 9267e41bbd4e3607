package explr.equivalence;

import java.util.Arrays;

/** The middle of some numbers. */
final class Medians {

  private Medians() {}

  /** The median; of an even number of values the mean of the two in the middle. */
  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
