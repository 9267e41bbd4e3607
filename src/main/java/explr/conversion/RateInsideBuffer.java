package explr.conversion;

import explr.schedule.ForwardingRates;
import explr.schedule.Rates;

/**
 * What the optimizers of DJL and MXNet make of the same rates: a wrong conversion, kept to be
 * shown.
 *
 * <p>Their momentum SGD keeps the rate inside the buffer, m ← γ_t m − η_t (∇ + λ_t θ), θ ← θ + m.
 * With m = −η_{t−1} v this is the paper's form with momentum γ_t η_{t−1} / η_t: the same while η is
 * constant, something else as soon as it changes.
 *
 * @param rates what the optimizer is given; every rate positive
 */
public record RateInsideBuffer(Rates rates) implements ForwardingRates {

  @Override
  public double momentum(long iteration) {
    double momentum = rates.momentum(iteration);
    return iteration == 0
        ? momentum
        : momentum
            * Math.exp(rates.logLearningRate(iteration - 1) - rates.logLearningRate(iteration));
  }
}
