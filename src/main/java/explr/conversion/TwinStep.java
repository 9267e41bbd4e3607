package explr.conversion;

/**
 * One iteration of a run without weight decay, as {@link Conversion#forEach} visits them. One
 * object serves all iterations: a visitor copies what it needs later.
 */
public final class TwinStep {

  long iteration;
  double logLearningRate;
  double momentum;
  double weightDecay;
  double correction;
  double logScale;
  double logScaleAfter;
  double oneMinusAlpha;
  double alpha;
  double bufferOffsetAfter;
  double bufferFactor = 1;
  double beta2;
  double epsilon;
  double logEpsilon;

  TwinStep() {}

  /** t. */
  public long iteration() {
    return iteration;
  }

  /** ln η̃_t; −∞ for a rate of 0. */
  public double logLearningRate() {
    return logLearningRate;
  }

  /** λ_t: 0 except for {@link WithDecay}. */
  public double weightDecay() {
    return weightDecay;
  }

  /** The momentum. */
  public double momentum() {
    return momentum;
  }

  /** κ_t; see {@link explr.schedule.Rates#correction}. */
  public double correction() {
    return correction;
  }

  /** ln P_t, before the step. */
  public double logScale() {
    return logScale;
  }

  /** ln P_{t+1}, after the step. */
  public double logScaleAfter() {
    return logScaleAfter;
  }

  /** 1 − α_{t+1}; see {@link Twin#oneMinusAlpha}. */
  public double oneMinusAlpha() {
    return oneMinusAlpha;
  }

  /** α_{t+1}, accurate also near 0. */
  double alpha() {
    return alpha;
  }

  /** u_{t+1}, after the step; see {@link Twin#bufferOffset}. */
  public double bufferOffsetAfter() {
    return bufferOffsetAfter;
  }

  /**
   * The factor by which the buffers are multiplied before the step; see {@link
   * explr.schedule.Rates}.
   */
  public double bufferFactor() {
    return bufferFactor;
  }

  /** β₂; NaN for an optimizer without one. */
  public double beta2() {
    return beta2;
  }

  /** ε of the optimizer, 0 below the range of a double; NaN for an optimizer without one. */
  public double epsilon() {
    return epsilon;
  }

  /** ln ε of the optimizer; −∞ where ε is 0, NaN for an optimizer without one. */
  public double logEpsilon() {
    return logEpsilon;
  }
}
