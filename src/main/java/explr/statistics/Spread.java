package explr.statistics;

import java.util.Arrays;

/**
 * Median and range of repeated measurements.
 *
 * @param median the middle value; for an even number of values, the mean of the two in the middle
 * @param low the smallest value
 * @param high the largest value
 */
public record Spread(double median, double low, double high) {

  /**
   * Computes median and range.
   *
   * @throws IllegalArgumentException if there is no value, or one is NaN
   */
  public static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    // NaN is sorted last.
    if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(
          "a median needs at least one number and numbers alone, not " + Arrays.toString(values));
    }
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
