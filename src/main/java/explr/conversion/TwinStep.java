package explr.conversion;

/**
 * One iteration of a run without weight decay, as {@link Conversion#forEach} visits them. One
 * object serves all iterations: a visitor copies what it needs later.
 */
public final class TwinStep {

  long iteration;
  double logLearningRate;
  double momentum;
  double correction;
  double logScale;
  double logScaleAfter;
  double oneMinusAlpha;
  double bufferOffsetAfter;

  TwinStep() {}

  /** t. */
  public long iteration() {
    return iteration;
  }

  /** ln η̃_t; −∞ for a rate of 0. */
  public double logLearningRate() {
    return logLearningRate;
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

  /** u_{t+1}, after the step; see {@link Twin#bufferOffset}. */
  public double bufferOffsetAfter() {
    return bufferOffsetAfter;
  }
}
