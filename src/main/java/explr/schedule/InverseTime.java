package explr.schedule;

/**
 * A value that falls as a power of time: η_t = initial / (1 + decayRate · t / every)^power.
 *
 * <p>{@code InverseTime.from(0.1).decayRate(0.5).every(391)} has fallen to 0.1/1.5 after 391
 * iterations and to 0.1/2 after 782. This is the 1/t decay of Robbins &amp; Monro 1951, and Keras'
 * InverseTimeDecay, whose {@code decay_steps} is {@code every}. Its staircase is {@code
 * decayRate(k).perEpoch(Epochs.of(decay_steps))}. With the power 1/2 and the decay rate 1 it is the
 * inverse square root of transformers (Zhai et al. 2022), whose {@code timescale} is {@code every}.
 *
 * @param initial value at t = 0, ≥ 0
 * @param decayRate by what the divisor grows in {@code every} iterations, ≥ 0
 * @param every iterations, ≥ 1
 * @param power ≥ 0
 */
public record InverseTime(double initial, double decayRate, long every, double power)
    implements KnownSchedule {

  /** Refuses values outside the ranges above. */
  public InverseTime {
    Require.nonNegative("the initial value", initial);
    Require.nonNegative("the decay rate", decayRate);
    Require.atLeastOne("the number of iterations for one decay rate", every);
    Require.nonNegative("the power", power);
  }

  /** A schedule that starts at this value, with the decay rate 0 until another is set. */
  public static InverseTime from(double initial) {
    return new InverseTime(initial, 0, 1, 1);
  }

  /** The same with another decay rate. */
  public InverseTime decayRate(double rate) {
    return new InverseTime(initial, rate, every, power);
  }

  /** The same with its decay rate spread over so many iterations. */
  public InverseTime every(long iterations) {
    return new InverseTime(initial, decayRate, iterations, power);
  }

  /** The same schedule with another power of the divisor; the default is 1. */
  public InverseTime power(double exponent) {
    return new InverseTime(initial, decayRate, every, exponent);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    double divisor = 1 + decayRate * iteration / every;
    return initial / (power == 1 ? divisor : Math.pow(divisor, power));
  }
}
