package explr.conversion;

import explr.schedule.Rates;

/**
 * How far the growth of TEXP++ is from that of TEXP: α_t α_{t+1} / (z z') − 1, where z and z' are
 * the roots of steps t − 1 and t; and what it adds up to.
 *
 * <p>Li &amp; Arora 2020, Theorem B.8, which bounds it. The two schedules' rates grow from
 * iteration t − 1 to t by (η_t / η_{t−1}) over α_t α_{t+1} and over z z'; the ratio of these falls
 * geometrically after each change of the recipe, below any double.
 *
 * <p>It is followed as a deviation d = α − z, never as a difference of the two: inside a phase the
 * ratio minus 1 is (1 + z₂/z) d/z exactly, where d is that of step t − 1 and z₂ the smaller root,
 * and d is known in closed form. Accurate to about 1e-14 while it is above 1e-30, however long the
 * phase; below, its logarithm is, relatively.
 */
public final class GrowthRatio {

  private final double[] minusOne;
  private final double[] logDistance;
  private final double[] logRateRatio;

  private GrowthRatio(int iterations) {
    this.minusOne = new double[iterations];
    this.logDistance = new double[iterations];
    this.logRateRatio = new double[iterations];
  }

  /**
   * The ratio at every iteration of a run.
   *
   * @param rates as for {@link Texp#of}
   * @throws IllegalArgumentException as {@link Texp#of}, and where TEXP++ does not exist
   */
  public static GrowthRatio of(Rates rates) {
    GrowthRatio made = new GrowthRatio(Twin.length(rates));
    Approach approach = new Approach();
    long start = 0;
    double deviation = 0; // d at the step before
    double before = 0; // α/z − 1 at the step before
    double scaleAtStart = 0; // ln of TEXP's P over that of TEXP++ where the phase begins
    double scale = 0; // and now
    for (int t = 0; t < made.minusOne.length; t++) {
      double learningRate = rates.learningRate(t);
      double weightDecay = rates.weightDecay(t);
      double momentum = rates.momentum(t);
      if (!approach.isOf(learningRate, weightDecay, momentum)) {
        approach.begin(t, learningRate, weightDecay, momentum, deviation);
        start = t;
        scaleAtStart = scale;
      }
      long n = t - start;
      if (n > 0) {
        made.minusOne[t] = approach.growthOverDeviation() * deviation;
        made.logDistance[t] =
            Math.log(approach.growthOverDeviation()) + approach.logDeviation(n - 1);
      }
      deviation = approach.deviation(n);
      requirePositive(t, approach.root() + deviation);
      double now = deviation / approach.root();
      if (n == 0) {
        made.minusOne[t] = before + now + before * now;
        made.logDistance[t] = Math.log(Math.abs(made.minusOne[t]));
      }
      double scaleAfter = scaleAtStart + Math.log1p(approach.excess(n + 1));
      made.logRateRatio[t] = -(scale + scaleAfter);
      scale = scaleAfter;
      before = now;
    }
    return made;
  }

  private static void requirePositive(long iteration, double alpha) {
    if (!(alpha > 0)) {
      throw new IllegalArgumentException(
          "TEXP++ does not exist: α = %s at iteration %d is not positive"
              .formatted(alpha, iteration));
    }
  }

  /** The number of iterations T. */
  public long iterations() {
    return minusOne.length;
  }

  /**
   * The ratio minus 1, without cancellation; 0 where it is too small for a double.
   *
   * @param iteration t, 1 ≤ t &lt; T: the growth from iteration t − 1 to t
   */
  public double minusOne(long iteration) {
    return minusOne[growth(iteration)];
  }

  /**
   * ln |ratio − 1|, also where the ratio is as near 1 as 1e-1400; −∞ where it is 1, as throughout
   * without momentum.
   *
   * @param iteration as for {@link #minusOne}
   */
  public double logDistance(long iteration) {
    return logDistance[growth(iteration)];
  }

  /**
   * ln of the rate of TEXP++ over that of TEXP, without cancellation.
   *
   * @param iteration t, 0 ≤ t &lt; T
   */
  public double logRateRatio(long iteration) {
    if (iteration < 0 || iteration >= logRateRatio.length) {
      throw new IllegalArgumentException(
          "iteration %d is outside 0 … %d".formatted(iteration, logRateRatio.length - 1));
    }
    return logRateRatio[(int) iteration];
  }

  private int growth(long iteration) {
    if (iteration < 1 || iteration >= minusOne.length) {
      throw new IllegalArgumentException(
          "growth from one iteration to the next is defined at 1 … %d, not at %d"
              .formatted(minusOne.length - 1, iteration));
    }
    return (int) iteration;
  }
}
