package explr.training;

import explr.schedule.Rates;

/**
 * The numbers that one step applies, for a run that is kept at the scale c = 2^k.
 *
 * @param momentum γ
 * @param correction κ / (c²η), what is added to the buffer per weight before the step
 * @param weightDecay λ / c²
 * @param rate c²η
 * @param logGrowth ln (P_{t+1} / P_t), by which the weights grow in the step
 */
record StepValues(
    double momentum, double correction, double weightDecay, double rate, double logGrowth) {

  /**
   * The numbers of step t.
   *
   * @param scaleExponent k
   */
  static StepValues of(Rates rates, long t, int scaleExponent) {
    double rate =
        BinaryRate.ofLogarithm(rates.logLearningRate(t))
            .timesPowerOfTwo(2L * scaleExponent)
            .value();
    double correction = rates.correction(t);
    return new StepValues(
        rates.momentum(t),
        correction == 0 ? 0 : correction / rate,
        Math.scalb(rates.weightDecay(t), -2 * scaleExponent),
        rate,
        rates.logScale(t + 1) - rates.logScale(t));
  }
}
