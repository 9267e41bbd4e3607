package explr.schedule;

/**
 * A value that is multiplied by the same factor in equal times: η_t = initial · factor^(t / every).
 *
 * <p>The factor may be above 1: {@code Exponential.from(0.1).multipliedBy(1.48123).every(391)} is
 * the growth of Li &amp; Arora 2020, Figure 1. The logarithm is exact where the value leaves the
 * range of a double.
 *
 * @param initial value at t = 0, &gt; 0
 * @param factor &gt; 0
 * @param every in how many iterations the value is multiplied by {@code factor}, ≥ 1; in between it
 *     follows the exponential
 */
public record Exponential(double initial, double factor, long every) implements KnownSchedule {

  /** Refuses values outside the ranges above. */
  public Exponential {
    Require.positive("the initial value", initial);
    Require.positive("the factor", factor);
    Require.atLeastOne("the number of iterations for one factor", every);
  }

  /** An exponential that starts at this value, with the factor 1 until another is set. */
  public static Exponential from(double initial) {
    return new Exponential(initial, 1, 1);
  }

  /** The same with another factor. */
  public Exponential multipliedBy(double factor) {
    return new Exponential(initial, factor, every);
  }

  /** The same with its factor spread over so many iterations. */
  public Exponential every(long iterations) {
    return new Exponential(initial, factor, iterations);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return initial * Math.pow(factor, (double) iteration / every);
  }

  @Override
  public double logAt(long iteration) {
    Require.iteration(iteration);
    return Math.log(initial) + Math.log(factor) * ((double) iteration / every);
  }
}
