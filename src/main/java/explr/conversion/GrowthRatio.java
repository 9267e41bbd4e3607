package explr.conversion;

import explr.schedule.Rates;

/**
 * How far the growth of TEXP++ is from that of TEXP: α_t α_{t+1} / (z z') − 1, where z and z' are
 * the roots of steps t − 1 and t.
 *
 * <p>Li &amp; Arora 2020, Theorem B.8, which bounds it. The two schedules' rates grow from
 * iteration t − 1 to t by (η_t / η_{t−1}) over α_t α_{t+1} and over z z'; the ratio falls
 * geometrically after each change, below any double. It is followed as a deviation, not as a
 * difference of the two: with d = α − z, d_{t+1} = γ d_t / (z α_t) inside a phase. Accurate to a
 * few ulp an iteration of the phase.
 */
public final class GrowthRatio {

  private final double[] minusOne;

  private GrowthRatio(double[] minusOne) {
    this.minusOne = minusOne;
  }

  /**
   * The ratio at every iteration of a run.
   *
   * @param rates as for {@link Texp#of}
   * @throws IllegalArgumentException as {@link Texp#of}
   */
  public static GrowthRatio of(Rates rates) {
    double[] minusOne = new double[Math.toIntExact(rates.iterations())];
    CharacteristicRoot root = null;
    double offsetDeviation = 0; // u_t of TEXP++ minus u of TEXP
    double before = 0; // α_t / z − 1
    for (int t = 0; t < minusOne.length; t++) {
      double learningRate = rates.learningRate(t);
      double weightDecay = rates.weightDecay(t);
      double momentum = rates.momentum(t);
      if (root == null || !root.isOf(learningRate, weightDecay, momentum)) {
        CharacteristicRoot next = Texp.rootFrom(t, learningRate, weightDecay, momentum);
        offsetDeviation -= root == null ? next.bufferOffset() : root.bufferOffsetTo(next);
        root = next;
      }
      double deviation = -learningRate * momentum * offsetDeviation;
      double alpha = root.value() + deviation;
      double now = deviation / root.value();
      minusOne[t] = before + now + before * now;
      offsetDeviation *= momentum / (alpha * root.value());
      before = now;
    }
    return new GrowthRatio(minusOne);
  }

  /** The number of iterations T. */
  public long iterations() {
    return minusOne.length;
  }

  /**
   * The ratio minus 1, without cancellation.
   *
   * @param iteration t, 1 ≤ t &lt; T: the growth from iteration t − 1 to t
   */
  public double minusOne(long iteration) {
    if (iteration < 1 || iteration >= minusOne.length) {
      throw new IllegalArgumentException(
          "growth from one iteration to the next is defined at 1 … %d, not at %d"
              .formatted(minusOne.length - 1, iteration));
    }
    return minusOne[(int) iteration];
  }
}
