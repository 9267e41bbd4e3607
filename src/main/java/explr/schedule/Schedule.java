package explr.schedule;

/**
 * A quantity that training looks up at every iteration: a learning rate, a weight decay factor or a
 * momentum factor.
 *
 * <p>A schedule is a pure function of the iteration t = 0, 1, 2, … It holds no state, so it may be
 * asked for any iteration in any order and from several threads. Implement it by a lambda or a
 * record to use a schedule of your own.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The value at an iteration.
   *
   * @param iteration t ≥ 0
   */
  double at(long iteration);

  /**
   * The natural logarithm of the value; −∞ where the value is 0. A schedule whose values leave the
   * range of a double overrides this.
   *
   * @param iteration t ≥ 0
   */
  default double logAt(long iteration) {
    return Math.log(at(iteration));
  }

  /**
   * This schedule counting epochs instead of iterations, its value held during each epoch: {@code
   * Cosine.from(0.1).over(100).perEpoch(Epochs.of(391))} changes every 391 iterations and ends
   * after 39,100.
   */
  default Schedule perEpoch(Epochs epochs) {
    return new PerEpoch(this, epochs);
  }

  /**
   * This schedule with a warm-up: while t &lt; n its value is multiplied by a factor that goes in a
   * line from {@code startFactor} at t = 0 to 1 at t = n.
   *
   * @param startFactor ≥ 0; with 0 the first iteration has the value 0
   * @param iterations n ≥ 1
   */
  default Schedule warmedUp(double startFactor, long iterations) {
    return new WarmUp(this, startFactor, iterations);
  }

  /**
   * This schedule without its first values: the value at t is that at t + n. As the phase after one
   * of n iterations, it has the values that it would have without that phase.
   *
   * @param iterations n ≥ 0
   */
  default Schedule skipping(long iterations) {
    return new Skip(this, iterations);
  }

  /** This schedule, started so many iterations later, ≥ 0, with its first value until then. */
  default Schedule delayedBy(long iterations) {
    return new Delay(this, iterations);
  }

  /** This schedule from its start again after every so many iterations. */
  default Schedule repeatedEvery(long iterations) {
    return new Repeated(this, iterations);
  }

  /** This schedule with every value multiplied by a factor ≥ 0. */
  default Schedule times(double factor) {
    return new Scaled(this, factor);
  }

  /** This schedule for so many iterations; say by {@link Phases#then} what follows. */
  default Phases during(long iterations) {
    return Phases.of(this, iterations);
  }

  /** The schedule that has the same value at every iteration. */
  static Schedule constant(double value) {
    return new Constant(value);
  }
}
