package explr.schedule;

/**
 * Rates made from others: whatever is not answered anew is passed on to {@link #rates}.
 *
 * <p>A record with a component {@code rates} need only say what it changes; one that changes the
 * rate changes both {@link #logLearningRate} and {@link #learningRate}.
 */
public interface ForwardingRates extends Rates {

  /** The rates that are asked. */
  Rates rates();

  @Override
  default long iterations() {
    return rates().iterations();
  }

  @Override
  default double logLearningRate(long iteration) {
    return rates().logLearningRate(iteration);
  }

  @Override
  default double learningRate(long iteration) {
    return rates().learningRate(iteration);
  }

  @Override
  default double weightDecay(long iteration) {
    return rates().weightDecay(iteration);
  }

  @Override
  default double momentum(long iteration) {
    return rates().momentum(iteration);
  }

  @Override
  default double correction(long iteration) {
    return rates().correction(iteration);
  }

  @Override
  default double bufferFactor(long iteration) {
    return rates().bufferFactor(iteration);
  }

  @Override
  default double logScale(long iteration) {
    return rates().logScale(iteration);
  }
}
