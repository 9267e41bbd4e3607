package explr.conversion;

import explr.schedule.ForwardingRates;
import explr.schedule.Rates;

/**
 * The rates of an optimizer that keeps the rate inside the buffer, in the paper's form.
 *
 * <p>The momentum SGD of Keras, DJL and MXNet is m ← γ_t m − η_t (∇L + λ_t θ), θ ← θ + m. With m =
 * −η_t v it is the paper's form with momentum γ_t η_{t−1} / η_t at step t: the same while η is
 * constant, above 1 for one step where η drops, and 0 after a rate of 0. A rate that falls to 0 has
 * no such form, because m still moves the weights.
 *
 * @param rates what the optimizer is given
 */
public record RateInsideBuffer(Rates rates) implements ForwardingRates {

  /** The momentum in the paper's form; infinite where the rate falls to 0. */
  @Override
  public double momentum(long iteration) {
    double momentum = rates.momentum(iteration);
    if (iteration == 0 || momentum == 0) {
      return momentum;
    }
    double before = rates.learningRate(iteration - 1);
    double now = rates.learningRate(iteration);
    if (before == 0 && rates.logLearningRate(iteration - 1) == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double ratio =
        isNormal(before) && isNormal(now)
            ? before / now
            : Math.exp(rates.logLearningRate(iteration - 1) - rates.logLearningRate(iteration));
    return momentum * ratio;
  }

  private static boolean isNormal(double value) {
    return value >= Double.MIN_NORMAL && value <= Double.MAX_VALUE;
  }
}
