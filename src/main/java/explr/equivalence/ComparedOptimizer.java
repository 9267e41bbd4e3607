package explr.equivalence;

import explr.optimizer.Optimizer;
import explr.schedule.Cosine;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import java.util.Locale;

/**
 * An optimizer with its usual hyperparameters, and the recipe with which its equivalent run is
 * compared by default.
 *
 * <p>Decays are far above the usual ones, so that the weights of the equivalent run grow visibly
 * within tens of steps: ηλ = 0.05 where the decay is decoupled, 2e-3 for Nesterov's momentum, near
 * the largest that 1 − γ = 0.1 allows.
 */
public enum ComparedOptimizer {

  /** The paper's SGD; its rate is divided by 10 halfway, at ten times the paper's decay. */
  MOMENTUM("momentum SGD", new Optimizer.Momentum(), 0.1, 5e-3, 0.9),

  /** Nesterov's momentum in PyTorch's form. */
  NESTEROV("Nesterov's momentum", new Optimizer.Nesterov(), 0.1, 0.02, 0.9),

  /** Momentum SGD with decoupled decay. */
  SGDW("SGDW", new Optimizer.DecoupledMomentum(), 0.1, 0.5, 0.9),

  /** AdamW with β₂ = 0.999 and ε = 1e-8. */
  ADAMW("AdamW", Optimizer.AdamW.of(0.999, 1e-8), 1e-3, 50, 0.9),

  /** Lion with β₂ = 0.99. */
  LION("Lion", Optimizer.Lion.of(0.99), 4e-4, 125, 0.9),

  /** signSGD with momentum. */
  SIGNSGD("signSGD with momentum", new Optimizer.SignSgd(), 4e-4, 125, 0.9),

  /** Muon with Nesterov's momentum and ε = 1e-7. */
  MUON("Muon", new Optimizer.Muon(true, 1e-7), 0.02, 2.5, 0.95);

  private final String title;
  private final Optimizer optimizer;
  private final double learningRate;
  private final double weightDecay;
  private final double momentum;

  ComparedOptimizer(
      String title, Optimizer optimizer, double learningRate, double weightDecay, double momentum) {
    this.title = title;
    this.optimizer = optimizer;
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.momentum = momentum;
  }

  /** As shown to a reader. */
  public String title() {
    return title;
  }

  /** The name of the folder of its report, if it has its own. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The update rule. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * The recipe of a run: a warm-up from 0 over a tenth of it, a cosine to 0, and a decay that is
   * divided by 3 halfway.
   *
   * @param iterations T ≥ 2
   */
  public Recipe recipe(int iterations) {
    int half = iterations / 2;
    if (this == MOMENTUM) {
      Schedule dropped = StepDecay.from(learningRate).dividedBy(10).after(half);
      return Recipe.of(dropped, weightDecay, momentum, iterations);
    }
    return new Recipe(
        Cosine.from(learningRate).over(iterations).warmedUp(0, Math.max(1, iterations / 10)),
        StepDecay.from(weightDecay).dividedBy(3).after(half),
        Schedule.constant(momentum),
        iterations);
  }

  /** The recipe in words. */
  public String describeRecipe() {
    return this == MOMENTUM
        ? learningRate + ", divided by 10 halfway"
        : learningRate + ", warm-up over a tenth, cosine to 0; weight decay divided by 3 halfway";
  }
}
