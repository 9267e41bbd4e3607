package explr.conversion;

import explr.schedule.Rates;

/**
 * How far the growth of TEXP++ is from that of TEXP: α_t α_{t+1} / (z z') − 1, where z and z' are
 * the roots of steps t − 1 and t.
 *
 * <p>Li &amp; Arora 2020, Theorem B.8, which bounds it. The two schedules' rates grow from
 * iteration t − 1 to t by (η_t / η_{t−1}) over α_t α_{t+1} and over z z'; the ratio of these falls
 * geometrically after each change of the recipe, below any double.
 *
 * <p>It is followed as a deviation d = α − z, never as a difference of the two. Inside a phase
 * d_{t+1} = z₂ d_t / (z + d_t), where z₂ is the smaller root (equation 15), so that 1/d obeys a
 * linear recursion, which is solved in closed form: n iterations after d_0,
 *
 * <pre>
 *   1/d_n = (z/z₂)^n / d_0 + ((z/z₂)^n − 1) / (z − z₂)
 * </pre>
 *
 * Accurate to about 1e-14 while it is above 1e-30, however long the phase.
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
   * @throws IllegalArgumentException as {@link Texp#of}, and where TEXP++ does not exist
   */
  public static GrowthRatio of(Rates rates) {
    double[] minusOne = new double[Twin.length(rates)];
    PhaseRoot root = new PhaseRoot();
    PhaseRoot next = new PhaseRoot();
    long start = 0;
    double first = 0; // d at the first step of the phase
    double deviation = 0; // d at the step before
    double before = 0; // α/z − 1 at the step before
    for (int t = 0; t < minusOne.length; t++) {
      double learningRate = rates.learningRate(t);
      double weightDecay = rates.weightDecay(t);
      double momentum = rates.momentum(t);
      if (!root.isOf(learningRate, weightDecay, momentum)) {
        Texp.begin(next, t, learningRate, weightDecay, momentum);
        // u_t of TEXP++ minus that of TEXP's new phase, from the deviation of the step before.
        double offset =
            t == 0
                ? -next.bufferOffset()
                : root.bufferOffsetOf(deviation) - root.bufferOffsetTo(next);
        first = -learningRate * momentum * offset;
        start = t;
        PhaseRoot last = root;
        root = next;
        next = last;
      }
      deviation = first == 0 ? 0 : 1 / inverse(root, first, t - start);
      requirePositive(t, root.value() + deviation);
      double now = deviation / root.value();
      minusOne[t] = before + now + before * now;
      before = now;
    }
    return new GrowthRatio(minusOne);
  }

  /** 1/d_n; the two forms are equal, and in each nothing cancels for its sign of d_0. */
  private static double inverse(PhaseRoot root, double first, long n) {
    double separation = root.separation();
    double smaller = root.smaller();
    if (separation == 0) {
      return 1 / first + n / smaller;
    }
    double growth = Math.expm1(n * Math.log1p(separation / smaller));
    return first > 0
        ? (1 + growth) / first + growth / separation
        : -((1 + growth) * (-1 / first - 1 / separation) + 1 / separation);
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
