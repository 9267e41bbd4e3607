package explr.schedule;

/**
 * Everything the optimizer needs to know at an iteration, and all that it knows.
 *
 * <p>At iteration t = 0, 1, … momentum SGD in the paper's form (Li &amp; Arora 2020, Definition
 * 1.2) does
 *
 * <pre>
 *   v ← v + (κ_t / η_t) θ                  only where the correction κ_t is not 0
 *   v ← γ_t v + ∇L_t(θ) + λ_t θ
 *   θ ← θ − η_t v
 * </pre>
 *
 * with learning rate η_t, momentum γ_t, weight decay λ_t. A {@link Recipe} is driven by its own
 * schedules; a conversion drives an equivalent run, whose weights are P_t times those of the run it
 * was made from. Rates are logarithms, because an equivalent rate leaves the range of a float after
 * 232 epochs of the paper's setting and that of a double later.
 */
public interface Rates {

  /** The number of iterations T; every other method is defined for 0 ≤ t &lt; T. */
  long iterations();

  /** ln η_t; −∞ where the rate is 0. */
  double logLearningRate(long iteration);

  /**
   * η_t; 0 or infinite where it has left the range of a double, which is why it is the logarithm
   * that drives a run.
   */
  default double learningRate(long iteration) {
    return Math.exp(logLearningRate(iteration));
  }

  /** λ_t ≥ 0. */
  double weightDecay(long iteration);

  /** γ_t in [0, 1). */
  double momentum(long iteration);

  /**
   * κ_t: before step t, (κ_t / η_t) θ is added to the momentum buffer. Being in units of 1/η_t it
   * is a number of moderate size however large the rate has grown. 0 at nearly every iteration.
   */
  default double correction(long iteration) {
    return 0;
  }

  /**
   * ρ: before step t every buffer that is linear in gradients is multiplied by ρ, every one that is
   * quadratic by ρ². 1 for a run that stands for itself; conversions of optimizers with decoupled
   * decay let the buffers follow by it.
   */
  default double bufferFactor(long iteration) {
    return 1;
  }

  /**
   * ln P_t: this run's weights are P_t times those of the run with weight decay that it stands for;
   * 0 for a run that stands for itself. Defined for t = T too. Between steps, running statistics of
   * the activations are rescaled by it, or they would lag behind growing weights.
   */
  default double logScale(long iteration) {
    return 0;
  }

  /**
   * The same run with its corrections of the momentum buffer left out. The paper's experiments
   * train so; it is an approximation, of about 2e-3 in the direction at the paper's settings.
   */
  default Rates withoutCorrections() {
    return new Uncorrected(this);
  }

  /**
   * Looks at every iteration once, before a run would find out.
   *
   * @throws IllegalArgumentException naming the first iteration at which a value is out of range,
   *     and the value
   */
  default void validate() {
    for (long t = 0; t < iterations(); t++) {
      double learningRate = learningRate(t);
      boolean largerThanDouble =
          learningRate == Double.POSITIVE_INFINITY && logLearningRate(t) < Double.POSITIVE_INFINITY;
      check(t, largerThanDouble ? Double.MAX_VALUE : learningRate, weightDecay(t), momentum(t));
    }
  }

  /**
   * Refuses what momentum SGD cannot be run with.
   *
   * @param iteration named in the message
   * @param learningRate η ≥ 0, finite
   * @param weightDecay λ ≥ 0, finite
   * @param momentum γ in [0, 1)
   * @throws IllegalArgumentException naming iteration and value
   */
  static void check(long iteration, double learningRate, double weightDecay, double momentum) {
    if (!(learningRate >= 0 && learningRate <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the learning rate must be ≥ 0 and finite; at iteration %d it is %s"
              .formatted(iteration, learningRate));
    }
    if (!(weightDecay >= 0 && weightDecay <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the weight decay must be ≥ 0 and finite; at iteration %d it is %s"
              .formatted(iteration, weightDecay));
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "the momentum must lie in [0, 1); at iteration %d it is %s"
              .formatted(iteration, momentum));
    }
  }
}
