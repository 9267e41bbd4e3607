package explr.conversion;

import explr.schedule.Rates;

/** What takes the steps of a conversion, in the order of the iterations. */
abstract class TwinSteps {

  private final LogScale scale = new LogScale();
  private final TwinStep step = new TwinStep();
  private Rates original;
  private long next;
  private double correction;
  private double momentum = Double.NaN;
  private double oneMinusAlpha;
  private double bufferOffset;
  private double logScaleAfter;
  private double lastRate = Double.NaN;
  private double lastLog;

  /** Called first, with the run that the steps stand for. */
  void begin(Rates rates) {
    original = rates;
  }

  /** κ of the step that is added next. */
  final void correct(double kappa) {
    correction = kappa;
  }

  /** A momentum of the twin's own for the step that is added next. */
  final void momentum(double value) {
    momentum = value;
  }

  /**
   * Adds the next step.
   *
   * @param learningRate η_t
   * @param oneMinus 1 − α_{t+1}
   * @param alpha the same α_{t+1} &gt; 0, with the digits that 1 − α has lost where it is near 0
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
    oneMinusAlpha = oneMinus;
    bufferOffset = offsetAfter;
    double before = scale.value();
    scale.divideBy(oneMinus, alpha);
    logScaleAfter = scale.value();
    double logConverted = lastLog + before + logScaleAfter;
    if (Double.isNaN(logConverted)) {
      throw new IllegalArgumentException(
          "at iteration %d the converted rate is not a number: learning rate %s, α = %s"
              .formatted(next, learningRate, alpha));
    }
    double used = hasOwnMomentum() ? momentum : original.momentum(next);
    step.set(next, logConverted, used, correction, before);
    add(step);
    correction = 0;
    next++;
  }

  /** Takes a step; the object is used again for the next. */
  abstract void add(TwinStep step);

  /** Whether the twin's momentum is another than the original's. */
  final boolean hasOwnMomentum() {
    return !Double.isNaN(momentum);
  }

  /** 1 − α_{t+1} of the step that is added. */
  final double oneMinusAlpha() {
    return oneMinusAlpha;
  }

  /** u_{t+1} of the step that is added. */
  final double bufferOffset() {
    return bufferOffset;
  }

  /** ln P_{t+1} of the step that is added. */
  final double logScaleAfter() {
    return logScaleAfter;
  }
}
