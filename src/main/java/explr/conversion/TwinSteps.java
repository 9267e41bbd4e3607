package explr.conversion;

import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.schedule.Schedule;
import java.util.Optional;

/** Receives the steps of a conversion in the order of the iterations. */
abstract class TwinSteps {

  private final LogScale scale = new LogScale();
  private final TwinStep step = new TwinStep();
  private Rates original;
  private int degree = -1;
  private Optional<Schedule> beta2 = Optional.empty();
  private double epsilon = Double.NaN;
  private long next;
  private double momentum = Double.NaN;
  private double logRateFactor;
  private double lastRate = Double.NaN;
  private double lastLog;

  /** Called first, with the run of an optimizer that is converted. */
  final void begin(Rates rates, Optimizer optimizer) {
    degree = optimizer.stepDegree();
    beta2 = optimizer.secondBeta();
    epsilon = optimizer.epsilonOfStep().orElse(Double.NaN);
    begin(rates);
  }

  /** Called first, with the run of momentum SGD that is converted. */
  void begin(Rates rates) {
    original = rates;
  }

  /** The run that is converted. */
  final Rates original() {
    return original;
  }

  /** κ of the step that is added next; 0 after it. */
  final void correct(double kappa) {
    step.correction = kappa;
  }

  /** The momentum of the step that is added next, where it is not the original's. */
  final void momentum(double value) {
    momentum = value;
  }

  /** The factor of the buffers before the step that is added next. */
  final void bufferFactor(double factor) {
    step.bufferFactor = factor;
  }

  /** What is added to the logarithm of the rate of the step that is added next. */
  final void logRateFactor(double value) {
    logRateFactor = value;
  }

  /** β₂, and ε divided by P. */
  private void setNumbersOfOptimizer() {
    step.beta2 = beta2.isPresent() ? Optimizer.beta2(beta2.get(), next) : Double.NaN;
    step.epsilon = epsilon * Math.exp(-step.logScale);
    step.logEpsilon = Math.log(epsilon) - step.logScale;
  }

  /**
   * Adds the next step.
   *
   * @param learningRate η_t
   * @param oneMinus 1 − α_{t+1}
   * @param alpha α_{t+1} &gt; 0, given too because 1 − α has lost its digits where α is near 0
   * @param offsetAfter u_{t+1}
   */
  final void step(double learningRate, double oneMinus, double alpha, double offsetAfter) {
    if (learningRate != lastRate) {
      lastRate = learningRate;
      lastLog =
          learningRate >= Double.MIN_NORMAL
              ? Math.log(learningRate)
              : original.logLearningRate(next);
    }
    step.iteration = next;
    step.logScale = scale.value();
    scale.divideBy(oneMinus, alpha);
    step.logScaleAfter = scale.value();
    step.logLearningRate = lastLog - degree * step.logScale + step.logScaleAfter + logRateFactor;
    step.momentum = hasOwnMomentum() ? momentum : original.momentum(next);
    step.oneMinusAlpha = oneMinus;
    step.alpha = alpha;
    step.bufferOffsetAfter = offsetAfter;
    setNumbersOfOptimizer();
    if (Double.isNaN(step.logLearningRate)) {
      throw new IllegalArgumentException(
          "at iteration %d the converted rate is not a number: learning rate %s, α = %s"
              .formatted(next, learningRate, alpha));
    }
    add();
  }

  /** Adds the next step of {@link SmallerBetas}, which has closed formulas. */
  final void step(SmallerBetas adam) {
    step.iteration = next;
    step.logScale = adam.logScale(next);
    step.logScaleAfter = adam.logScale(next + 1);
    step.logLearningRate = adam.logLearningRateWithBiasCorrection(next);
    step.momentum = adam.beta1();
    step.beta2 = adam.beta2();
    step.logEpsilon = adam.logEpsilonWithBiasCorrection(next);
    step.epsilon = Math.exp(step.logEpsilon);
    step.oneMinusAlpha = adam.oneMinusRho();
    add();
  }

  /** Adds the next step of a run with decay, whose weights are smaller than the given ones. */
  final void back(double logRate, double weightDecay, double logScale, double logScaleAfter) {
    step.iteration = next;
    step.logLearningRate = logRate;
    step.weightDecay = weightDecay;
    step.momentum = original.momentum(next);
    step.logScale = logScale;
    step.logScaleAfter = logScaleAfter;
    setNumbersOfOptimizer();
    add();
  }

  private void add() {
    add(step);
    step.correction = 0;
    next++;
  }

  /** Receives a step; the object is reused for the next one. */
  abstract void add(TwinStep step);

  /** Whether the twin has its own momentum instead of the original's. */
  final boolean hasOwnMomentum() {
    return !Double.isNaN(momentum);
  }
}
