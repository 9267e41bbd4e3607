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

  /** The schedule that has the same value at every iteration. */
  static Schedule constant(double value) {
    return new Constant(value);
  }
}
