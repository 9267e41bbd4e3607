package explr.store;

import explr.schedule.Rates;

/**
 * A rate of 0.1 for four iterations and of 0.01 for another four, written as the bits of their
 * logarithms, so that they are the same on every platform.
 */
record PlainRates() implements Rates {

  @Override
  public long iterations() {
    return 8;
  }

  @Override
  public double logLearningRate(long t) {
    return t < 4 ? -0x1.26bb1bbb55516p1 : -0x1.26bb1bbb55516p2;
  }

  @Override
  public double weightDecay(long t) {
    return 5e-3;
  }

  @Override
  public double momentum(long t) {
    return 0.9;
  }
}
