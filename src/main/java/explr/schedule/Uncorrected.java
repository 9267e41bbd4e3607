package explr.schedule;

/** A run without its corrections of the momentum buffer. */
record Uncorrected(Rates rates) implements Rates {

  @Override
  public long iterations() {
    return rates.iterations();
  }

  @Override
  public double logLearningRate(long iteration) {
    return rates.logLearningRate(iteration);
  }

  @Override
  public double learningRate(long iteration) {
    return rates.learningRate(iteration);
  }

  @Override
  public double weightDecay(long iteration) {
    return rates.weightDecay(iteration);
  }

  @Override
  public double momentum(long iteration) {
    return rates.momentum(iteration);
  }

  @Override
  public double logScale(long iteration) {
    return rates.logScale(iteration);
  }
}
