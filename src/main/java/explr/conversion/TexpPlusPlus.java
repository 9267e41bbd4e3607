package explr.conversion;

import explr.schedule.Rates;

/**
 * TEXP++: the exact equivalent of any run with weight decay, without corrections of the momentum
 * buffer.
 *
 * <p>Li &amp; Arora 2020, Theorem 2.13, in a form without division, which holds for any learning
 * rate η_t ≥ 0 (a warm-up from 0 too), weight decay λ_t ≥ 0 and, beyond the paper, any momentum γ_t
 * in [0, 1):
 *
 * <pre>
 *   u_0 = 0;   w = λ_t + γ_t u_t,   α_{t+1} = 1 − η_t w,   u_{t+1} = w / α_{t+1}
 * </pre>
 *
 * It exists as long as every α is positive, which Lemma B.7 guarantees where max η · max λ ≤ (1 −
 * √γ)², and which may also be so where λη is above that for a while.
 *
 * <p>Accuracy: α and 1 − α each to a few ulp, also where λη is so near 1 that 1 − α rounds to 1.
 * Runs where several such steps with momentum leave fewer than 13 digits are refused.
 */
public final class TexpPlusPlus {

  private static final String RATE_FALLS =
      "at iteration %d the rate falls to 0. With the rate inside the momentum buffer, the buffer still"
          + " moves the weights; with the rate outside, nothing moves them. End the run before this"
          + " iteration, or keep the rate above 0";

  private TexpPlusPlus() {}

  /**
   * The equivalent run without weight decay. A million iterations take some tens of milliseconds.
   *
   * @param rates what the run with weight decay is driven by; it must make no corrections of its
   *     own
   * @throws IllegalArgumentException naming the iteration where a rate, a decay or a momentum is
   *     out of range, where the run makes a correction, or where α ≤ 0
   */
  public static Twin of(Rates rates) {
    Twin.Builder twin = new Twin.Builder();
    convert(rates, twin);
    return twin.build();
  }

  static void convert(Rates rates, TwinSteps twin) {
    convert(rates, false, twin);
  }

  /** Converts the run of an optimizer that keeps the rate inside its momentum buffer. */
  static void convertRateInside(Rates rates, TwinSteps twin) {
    rates.validate();
    convert(new RateInsideBuffer(rates), true, twin);
  }

  /**
   * Converts.
   *
   * @param momentumMayExceedOne where the rate drops; it is infinite where the rate falls to 0
   */
  private static void convert(Rates rates, boolean momentumMayExceedOne, TwinSteps twin) {
    twin.begin(rates);
    BufferOffset offset = new BufferOffset();
    long iterations = rates.iterations();
    for (long t = 0; t < iterations; t++) {
      double learningRate = rates.learningRate(t);
      double weightDecay = rates.weightDecay(t);
      double momentum = rates.momentum(t);
      Rates.check(t, learningRate, weightDecay, momentumMayExceedOne ? 0 : momentum);
      if (!(momentum >= 0 && momentum < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(RATE_FALLS.formatted(t));
      }
      refuseCorrection(rates, t);
      double oneMinusAlpha = offset.step(learningRate, weightDecay, momentum);
      if (!(offset.alpha() > 0)) {
        throw new IllegalArgumentException(
            notPositive(t, learningRate, weightDecay, momentum, offset.alpha()));
      }
      if (offset.hasLostDigits()) {
        throw new IllegalArgumentException(
            ("the steps up to iteration %d shrink the weights so far that too few digits of α = %s are"
                    + " correct; lower the rate or the decay where λη is near 1")
                .formatted(t, offset.alpha()));
      }
      twin.step(learningRate, oneMinusAlpha, offset.alpha(), offset.value());
    }
  }

  /**
   * For how many iterations of a run it exists: up to the first at which α ≤ 0, or to the end.
   *
   * @throws IllegalArgumentException naming the iteration where a rate, a decay or a momentum is
   *     out of range
   */
  public static long existsFor(Rates rates) {
    BufferOffset offset = new BufferOffset();
    for (long t = 0; t < rates.iterations(); t++) {
      Rates.check(t, rates.learningRate(t), rates.weightDecay(t), rates.momentum(t));
      offset.step(rates.learningRate(t), rates.weightDecay(t), rates.momentum(t));
      if (!(offset.alpha() > 0)) {
        return t;
      }
    }
    return rates.iterations();
  }

  static void refuseCorrection(Rates rates, long iteration) {
    if (rates.correction(iteration) != 0) {
      throw new IllegalArgumentException(
          "only a run without corrections can be converted; at iteration %d it makes one of %s"
              .formatted(iteration, rates.correction(iteration)));
    }
    if (rates.bufferFactor(iteration) != 1) {
      throw new IllegalArgumentException(
          "only a run whose buffers are not scaled can be converted; at iteration %d they are scaled by %s"
              .formatted(iteration, rates.bufferFactor(iteration)));
    }
  }

  private static String notPositive(
      long iteration, double learningRate, double weightDecay, double momentum, double alpha) {
    return ("no TEXP++ schedule stands for this run: at iteration %d, with learning rate %s, weight"
            + " decay %s and momentum %s, α = %s is not positive; λη = %s there, and up to (1 − √γ)²"
            + " = %s throughout α stays positive")
        .formatted(
            iteration,
            learningRate,
            weightDecay,
            momentum,
            Double.isNaN(alpha) ? "(beyond a double)" : alpha,
            learningRate * weightDecay,
            CharacteristicRoot.critical(momentum));
  }
}
