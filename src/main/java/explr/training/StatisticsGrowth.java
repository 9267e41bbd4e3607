package explr.training;

import explr.schedule.Rates;
import java.util.Arrays;

/**
 * By what running means are multiplied in a step, as their normalisations' degrees say; variances
 * by its square.
 *
 * @param common s^d where all channels have one degree d, else 1
 * @param each s^d of each channel, applied after the common factor; empty where all are 1
 */
record StatisticsGrowth(double common, double[] each) {

  private static final double[] NONE = {};

  /** Of step t of a run. */
  static StatisticsGrowth of(Degrees degrees, Rates rates, long t) {
    return of(degrees, rates.logScale(t + 1) - rates.logScale(t));
  }

  /**
   * Of weights that grow by s.
   *
   * @param logGrowth ln s
   */
  static StatisticsGrowth of(Degrees degrees, double logGrowth) {
    if (logGrowth == 0) {
      return new StatisticsGrowth(1, NONE);
    }
    return degrees.uniform()
        ? new StatisticsGrowth(degrees.firstFactor(logGrowth), NONE)
        : new StatisticsGrowth(1, degrees.factors(logGrowth));
  }

  /** One factor for each channel, 1 where none differs. */
  double[] eachOf(int channels) {
    if (each.length > 0) {
      return each;
    }
    double[] ones = new double[channels];
    Arrays.fill(ones, 1);
    return ones;
  }
}
