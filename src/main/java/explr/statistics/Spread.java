package explr.statistics;

import java.util.Arrays;

/**
 * A quantity measured several times.
 *
 * @param median the middle; of an even number of values the mean of the two in the middle
 * @param low the smallest
 * @param high the largest
 */
public record Spread(double median, double low, double high) {

  /**
   * The spread of some values.
   *
   * @throws IllegalArgumentException if there is none, or one is not a number
   */
  public static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    // Sorting puts what is not a number last.
    if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(
          "a median needs at least one number and numbers alone, not " + Arrays.toString(values));
    }
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
