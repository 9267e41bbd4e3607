package explr.training;

import explr.schedule.Rates;

/**
 * Keeps growing weights in the range of 32-bit numbers by an equivalent scaling: weights times c =
 * 2^k, buffer / c, learning rate times c², weight decay / c²; and, for a normalisation whose input
 * has degree d, running mean times c^d, running variance and ε times c^(2d).
 *
 * <p>Powers of two change no bit of what is computed, as long as nothing leaves the range of normal
 * numbers: a run guarded and the same run not guarded are equal in every logit. k is a function of
 * the rates and of the k before, so a run that is resumed takes the same.
 */
public final class RangeGuard {

  /**
   * Rates and squared weights may grow by 2^40, 12 powers of ten, before they are scaled down;
   * where activations grow with a power of the weights, by so much less.
   */
  private static final double ROOM = 40;

  private static final double LN2 = Math.log(2);

  private RangeGuard() {}

  /**
   * The exponent k to keep a run at from the next step on.
   *
   * @param iteration t of the next step
   * @param present the exponent that it is kept at now
   * @param degree the largest degree of what the network normalises
   */
  public static int exponent(Rates rates, long iteration, int present, int degree) {
    return exponent(rates, iteration, present, degree, -1);
  }

  /**
   * The same for an optimizer whose rate is kept at c^(1−d) η.
   *
   * @param stepDegree d, −1 or 0
   */
  public static int exponent(Rates rates, long iteration, int present, int degree, int stepDegree) {
    double rate = 2.0 / (1 - stepDegree) * rates.logLearningRate(iteration);
    double growth = Math.max(rate, 2 * rates.logScale(iteration + 1)) / LN2;
    return growth + 2.0 * present <= ROOM / Math.max(1, degree)
        ? present
        : (int) -Math.ceil(growth / 2);
  }
}
