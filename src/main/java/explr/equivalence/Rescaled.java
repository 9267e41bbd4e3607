package explr.equivalence;

import explr.optimizer.Optimizer;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;

/**
 * The rates of a run whose weights are a constant c times those of another: η → c^(1−d) η where the
 * optimizer's step has degree d, and λ → λ / c^(1−d), for decay in the gradient (d = −1) and for
 * decoupled decay, where ηλ stays. Buffers of degree e are c^e times the other's, an optimizer's ε
 * is ε / c. A correction κ is in units of 1/η and stays as it is.
 *
 * @param rates of the other run
 * @param optimizer of the run
 * @param scale c &gt; 0
 */
record Rescaled(Rates rates, Optimizer optimizer, double scale) implements ForwardingRates {

  @Override
  public double logLearningRate(long iteration) {
    return rates.logLearningRate(iteration) + (1 - optimizer.stepDegree()) * Math.log(scale);
  }

  @Override
  public double learningRate(long iteration) {
    return rates.learningRate(iteration) * rateFactor();
  }

  @Override
  public double weightDecay(long iteration) {
    return rates.weightDecay(iteration) / rateFactor();
  }

  @Override
  public double logScale(long iteration) {
    return rates.logScale(iteration) + Math.log(scale);
  }

  private double rateFactor() {
    return optimizer.stepDegree() == 0 ? scale : scale * scale;
  }
}
