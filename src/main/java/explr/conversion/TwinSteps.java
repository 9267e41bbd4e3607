package explr.conversion;

import explr.schedule.Rates;

/** Receives the steps of a conversion in the order of the iterations. */
abstract class TwinSteps {

  private final LogScale scale = new LogScale();
  private final TwinStep step = new TwinStep();
  private Rates original;
  private long next;
  private double correction;
  private double momentum = Double.NaN;
  private double bufferFactor = 1;
  private int degree = -1;
  private double logRateFactor;
  private double beta2 = Double.NaN;
  private double epsilon = Double.NaN;
  private double lastRate = Double.NaN;
  private double lastLog;

  /** Called first, with the run that is converted. */
  void begin(Rates rates) {
    original = rates;
  }

  /** κ of the step that is added next. */
  final void correct(double kappa) {
    correction = kappa;
  }

  /** The momentum of the step that is added next, where it is not the original's. */
  final void momentum(double value) {
    momentum = value;
  }

  /** The factor of the buffers before the step that is added next. */
  final void bufferFactor(double factor) {
    bufferFactor = factor;
  }

  /** The degree of the steps; −1 if it is not called. */
  final void degree(int stepDegree) {
    degree = stepDegree;
  }

  /** What is added to the logarithm of the rate of the step that is added next. */
  final void logRateFactor(double value) {
    logRateFactor = value;
  }

  /** β₂ of the step that is added next. */
  final void beta2(double value) {
    beta2 = value;
  }

  /** The recipe's ε, which is divided by P. */
  final void epsilon(double value) {
    epsilon = value;
  }

  private void divideEpsilon(double logScale) {
    step.epsilon = epsilon * Math.exp(-logScale);
    step.logEpsilon = Math.log(epsilon) - logScale;
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
    step.correction = correction;
    step.oneMinusAlpha = oneMinus;
    step.alpha = alpha;
    step.bufferOffsetAfter = offsetAfter;
    step.bufferFactor = bufferFactor;
    step.beta2 = beta2;
    divideEpsilon(step.logScale);
    if (Double.isNaN(step.logLearningRate)) {
      throw new IllegalArgumentException(
          "at iteration %d the converted rate is not a number: learning rate %s, α = %s"
              .formatted(next, learningRate, alpha));
    }
    add(step);
    correction = 0;
    next++;
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
    step.bufferFactor = 1;
    add(step);
    next++;
  }

  /** Adds the next step of a run with decay, whose weights are smaller than the given ones. */
  final void back(double logRate, double weightDecay, double logScale, double logScaleAfter) {
    step.iteration = next;
    step.logLearningRate = logRate;
    step.weightDecay = weightDecay;
    step.momentum = original.momentum(next);
    step.logScale = logScale;
    step.logScaleAfter = logScaleAfter;
    step.bufferFactor = bufferFactor;
    step.beta2 = beta2;
    divideEpsilon(logScale);
    add(step);
    next++;
  }

  /** Receives a step; the object is reused for the next one. */
  abstract void add(TwinStep step);

  /** Whether the twin has its own momentum instead of the original's. */
  final boolean hasOwnMomentum() {
    return !Double.isNaN(momentum);
  }
}
