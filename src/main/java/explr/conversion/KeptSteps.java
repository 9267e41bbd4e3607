package explr.conversion;

import explr.schedule.Rates;

/**
 * The steps of a conversion whose buffers have factors, kept in arrays; looking one up takes
 * constant time.
 */
class KeptSteps extends TwinSteps {

  private double[] logLearningRate;
  private double[] bufferFactor;
  private double[] logScale;

  @Override
  void begin(Rates rates) {
    super.begin(rates);
    int iterations = Twin.length(rates);
    logLearningRate = new double[iterations];
    bufferFactor = new double[iterations];
    logScale = new double[iterations + 1];
  }

  @Override
  void add(TwinStep step) {
    int t = (int) step.iteration();
    logLearningRate[t] = step.logLearningRate();
    bufferFactor[t] = step.bufferFactor();
    logScale[t + 1] = step.logScaleAfter();
  }

  final int iterations() {
    return logLearningRate.length;
  }

  /** Refuses an iteration that the run does not have. */
  final void check(long iteration) {
    Twin.index(iteration, logLearningRate);
  }

  final double logLearningRate(long iteration) {
    return logLearningRate[Twin.index(iteration, logLearningRate)];
  }

  final double bufferFactor(long iteration) {
    return bufferFactor[Twin.index(iteration, bufferFactor)];
  }

  /** Defined for t = T too. */
  final double logScale(long iteration) {
    return logScale[Twin.index(iteration, logScale)];
  }
}
