package explr.store;

import explr.schedule.Rates;

/**
 * Rates whose values are written here, so that they are the same bits whatever logarithm the
 * platform has: constant for four iterations, then with all that a double can be.
 */
record GivenRates() implements Rates {

  private static final double LOG_OF_A_TENTH = -0x1.26bb1bbb55516p1;

  @Override
  public long iterations() {
    return 8;
  }

  @Override
  public double logLearningRate(long t) {
    return t < 4 ? LOG_OF_A_TENTH : t == 5 ? Double.NEGATIVE_INFINITY : LOG_OF_A_TENTH * (t - 3);
  }

  @Override
  public double weightDecay(long t) {
    return t < 4 ? 5e-4 : t == 6 ? Double.MIN_VALUE : 0;
  }

  @Override
  public double momentum(long t) {
    return 0.9;
  }

  @Override
  public double correction(long t) {
    return t == 7 ? -0.0 : t == 4 ? -0x1.8p-40 : 0;
  }

  @Override
  public double logScale(long t) {
    return t <= 4 ? 0 : 0x1.123456789abcdp-9 * (t - 4);
  }
}
