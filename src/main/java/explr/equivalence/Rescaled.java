package explr.equivalence;

import explr.schedule.ForwardingRates;
import explr.schedule.Rates;

/**
 * What drives a run whose weights are a constant times those of another: θ → cθ, v → v/c, η → c²η,
 * λ → λ/c². A correction κ is in units of 1/η and stays as it is.
 *
 * @param rates of the other run
 * @param factor c &gt; 0
 */
record Rescaled(Rates rates, double factor) implements ForwardingRates {

  @Override
  public double logLearningRate(long iteration) {
    return rates.logLearningRate(iteration) + 2 * Math.log(factor);
  }

  @Override
  public double learningRate(long iteration) {
    return rates.learningRate(iteration) * factor * factor;
  }

  @Override
  public double weightDecay(long iteration) {
    return rates.weightDecay(iteration) / (factor * factor);
  }
}
