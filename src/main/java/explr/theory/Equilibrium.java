package explr.theory;

import explr.schedule.Rates;

/**
 * Where constant rate, decay and momentum lead: the norm of the weights settles, and with it the
 * angle by which each step turns them.
 *
 * <p>Long-run means with weight decay satisfy D = (2ηλ/(1 + γ)) R exactly (Li &amp; Arora 2020,
 * Theorem C.2; R = |θ|², D the squared length of a step). The angle is its square root as far as
 * steps are orthogonal to the weights, and the time is that of the averaged dynamics: good to a few
 * percent where λη ≪ 1 − γ. {@link OptimizerEquilibrium} covers the other optimizers.
 *
 * @param learningRate η &gt; 0
 * @param weightDecay λ &gt; 0
 * @param momentum γ in [0, 1)
 */
public record Equilibrium(double learningRate, double weightDecay, double momentum) {

  /** Refuses what has no equilibrium. */
  public Equilibrium {
    Rates.check(0, learningRate, weightDecay, momentum);
    if (learningRate == 0 || weightDecay == 0) {
      throw new IllegalArgumentException(
          "an equilibrium needs a learning rate and a weight decay > 0, not %s and %s"
              .formatted(learningRate, weightDecay));
    }
  }

  /** 2ηλ/(1 + γ), the mean squared step over the mean squared norm. */
  public double squaredStepOverSquaredNorm() {
    return 2 * learningRate * weightDecay / (1 + momentum);
  }

  /** √(2ηλ/(1 + γ)), the angle of one step in radians. */
  public double anglePerStep() {
    return Math.sqrt(squaredStepOverSquaredNorm());
  }

  /**
   * τ = (1 − γ)/(4λη): in so many iterations |θ|⁴ comes nearer to its equilibrium by a factor e.
   */
  public double relaxation() {
    return (1 - momentum) / (4 * weightDecay * learningRate);
  }
}
