package explr.conversion;

/**
 * One iteration of a run without weight decay, as {@link Conversion#forEach} visits them. The one
 * object is used for all iterations: what is needed later must be copied.
 */
public final class TwinStep {

  private long iteration;
  private double logLearningRate;
  private double momentum;
  private double correction;
  private double logScale;

  TwinStep() {}

  void set(
      long iteration, double logLearningRate, double momentum, double correction, double logScale) {
    this.iteration = iteration;
    this.logLearningRate = logLearningRate;
    this.momentum = momentum;
    this.correction = correction;
    this.logScale = logScale;
  }

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
}
