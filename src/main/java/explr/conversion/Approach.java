package explr.conversion;

/**
 * The way of TEXP++ to the root of a phase: α as z + d, n iterations after the phase began.
 *
 * <p>Inside a phase d_{n+1} = z₂ d_n / (z + d_n), where z₂ is the smaller root (Li &amp; Arora
 * 2020, equation 15), so that 1/d obeys a linear recursion, which is solved in closed form. With q
 * = z₂/z
 *
 * <pre>
 *   s_n = d_0 (1 − q^n) / (z − z₂),   d_n = d_0 q^n / (1 + s_n),   Π_{i&lt;n} (z + d_i)/z = 1 + s_n
 * </pre>
 *
 * in which nothing cancels and no error adds up, however long the phase. One object follows a whole
 * run: a schedule that changes at every iteration has as many phases.
 */
final class Approach {

  private PhaseRoot root = new PhaseRoot();
  private PhaseRoot next = new PhaseRoot();
  private double first; // d_0
  private double logFirst;
  private double logGrowth; // ln z/z₂

  /** Whether the phase is one of exactly these values; not before the first has begun. */
  boolean isOf(double learningRate, double weightDecay, double momentum) {
    return root.isOf(learningRate, weightDecay, momentum);
  }

  /**
   * Goes on to the phase that begins at an iteration.
   *
   * @param before d at the step before
   * @throws IllegalArgumentException if the phase has no root
   */
  void begin(
      long iteration, double learningRate, double weightDecay, double momentum, double before) {
    Texp.begin(next, iteration, learningRate, weightDecay, momentum);
    // u of TEXP++ minus that of TEXP's new phase, from the deviation of the step before.
    double offset =
        iteration == 0
            ? -next.bufferOffset()
            : root.bufferOffsetOf(before) - root.bufferOffsetTo(next);
    first = -learningRate * momentum * offset;
    logFirst = Math.log(Math.abs(first));
    logGrowth = Math.log1p(next.separation() / next.smaller());
    PhaseRoot last = root;
    root = next;
    next = last;
  }

  /** z. */
  double root() {
    return root.value();
  }

  /** s_n, by which the product of n of the α exceeds z^n. */
  double excess(long n) {
    if (n == 0 || first == 0) {
      return 0;
    }
    return root.separation() == 0
        ? first * n / root.value()
        : first * -Math.expm1(-n * logGrowth) / root.separation();
  }

  /** d_n; 0 where it is too small for a double. */
  double deviation(long n) {
    return n == 0 || first == 0 ? first : first * Math.exp(-n * logGrowth) / (1 + excess(n));
  }

  /** ln |d_n|; −∞ where it is 0. */
  double logDeviation(long n) {
    return n == 0 || first == 0 ? logFirst : logFirst - n * logGrowth - Math.log1p(excess(n));
  }

  /** α_t α_{t+1} / z² − 1, over the deviation from which it starts: (1 + z₂/z) / z. */
  double growthOverDeviation() {
    return (1 + root.smaller() / root.value()) / root.value();
  }
}
