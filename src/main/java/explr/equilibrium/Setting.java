package explr.equilibrium;

import explr.optimizer.Optimizer;
import explr.schedule.Recipe;
import explr.theory.OptimizerEquilibrium;
import java.util.List;

/**
 * An optimizer with constant numbers.
 *
 * @param name in figures and tables
 * @param optimizer the update rule
 * @param learningRate η &gt; 0
 * @param weightDecay λ &gt; 0
 * @param momentum γ or β₁ in [0, 1)
 */
public record Setting(
    String name, Optimizer optimizer, double learningRate, double weightDecay, double momentum) {

  /**
   * The optimizers that are measured, each with a memory of 100 iterations: ηλ = 0.01, or 0.01 (1 −
   * γ) where decay is part of the gradient. The rates keep the norm of a convolution's weights near
   * that of their random start.
   */
  public static final List<Setting> ALL =
      List.of(
          new Setting("SGD, decay in the gradient", new Optimizer.Momentum(), 0.1, 0.01, 0.9),
          new Setting("SGDW", new Optimizer.DecoupledMomentum(), 0.1, 0.1, 0.9),
          new Setting("AdamW", Optimizer.AdamW.of(0.999, 1e-8), 0.01, 1, 0.9),
          new Setting("Lion", Optimizer.Lion.of(0.99), 0.002, 5, 0.9),
          new Setting("signSGD", new Optimizer.SignSgd(), 0.0025, 4, 0.9),
          new Setting("Muon", new Optimizer.Muon(true, 1e-7), 0.04, 0.25, 0.9));

  /**
   * The setting of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Setting named(String name) {
    return ALL.stream()
        .filter(setting -> setting.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no setting '%s'; there are %s"
                        .formatted(name, ALL.stream().map(Setting::name).toList())));
  }

  /** The equilibrium predicted for this setting. */
  public OptimizerEquilibrium theory() {
    return new OptimizerEquilibrium(optimizer, learningRate, weightDecay, momentum);
  }

  /** The recipe of this setting over a number of iterations. */
  public Recipe recipe(long iterations) {
    return Recipe.of(learningRate, weightDecay, momentum, iterations);
  }
}
