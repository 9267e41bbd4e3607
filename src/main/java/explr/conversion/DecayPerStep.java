package explr.conversion;

import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.Schedule;

/**
 * The parametrisation that the authors' second blog post suggests: θ ← (1 − λ_new) θ − η ∇L, where
 * the usual one is θ ← (1 − λη) θ − η ∇L.
 *
 * <p>Here the rate does not enter the exponent of the growth: changing η by a factor c for the
 * whole run is the same as changing the scale of the initial weights by c^(−1/2), to which training
 * with normalisation is not sensitive. To mimic Step Decay, divide both by the same. With momentum,
 * the decay λ_new θ/η belongs to the gradient, as in {@link explr.optimizer.Optimizer.Momentum}.
 *
 * @param learningRate η_t &gt; 0
 * @param decay λ_new in [0, 1), the part of the weights that one step takes away
 * @param momentum γ_t in [0, 1)
 * @param iterations T ≥ 1
 */
public record DecayPerStep(
    Schedule learningRate, Schedule decay, Schedule momentum, long iterations) {

  /** The same run in this parametrisation: λ_new = λη. Exact. */
  public static DecayPerStep of(Recipe recipe) {
    return new DecayPerStep(
        recipe.learningRate(),
        t -> recipe.weightDecay(t) * recipe.learningRate(t),
        recipe.momentum(),
        recipe.iterations());
  }

  /**
   * The same run in the usual parametrisation: λ = λ_new / η. Exact.
   *
   * @throws IllegalArgumentException when a value is asked for at an iteration where λ_new is
   *     outside [0, 1), or decays although η is 0; {@link Rates#validate} asks for all
   */
  public Recipe toRecipe() {
    return new Recipe(learningRate, this::usualDecay, momentum, iterations);
  }

  private double usualDecay(long iteration) {
    double perStep = decay.at(iteration);
    double rate = learningRate.at(iteration);
    if (!(perStep >= 0 && perStep < 1)) {
      throw new IllegalArgumentException(
          "decay per step must lie in [0, 1); at iteration %d it is %s"
              .formatted(iteration, perStep));
    }
    if (perStep > 0 && !(rate > 0)) {
      throw new IllegalArgumentException(
          ("decay per step needs a learning rate > 0 to be written as weight decay; at iteration %d"
                  + " it is %s")
              .formatted(iteration, rate));
    }
    return perStep == 0 ? 0 : perStep / rate;
  }
}
