package explr.theory;

import explr.conversion.CharacteristicRoot;
import explr.schedule.Rates;

/**
 * Between what the α_t of TEXP++ stay: z_min ≤ α_t ≤ 1, where z_min is the root for the largest
 * rate, decay and momentum of the run.
 *
 * <p>Li &amp; Arora 2020, Lemma B.7. It is sufficient for TEXP++ to exist that these maxima have
 * real roots, not necessary.
 *
 * @param lowest z_min
 */
public record AlphaBounds(double lowest) {

  /**
   * The bounds of a run.
   *
   * @throws IllegalArgumentException if max η · max λ is above (1 − √(max γ))², or a value is out
   *     of range
   */
  public static AlphaBounds of(Rates rates) {
    return new AlphaBounds(rootAtMaxima(rates).value());
  }

  /** 1, the greatest value. */
  public double highest() {
    return 1;
  }

  static CharacteristicRoot rootAtMaxima(Rates rates) {
    double learningRate = 0;
    double weightDecay = 0;
    double momentum = 0;
    for (long t = 0; t < rates.iterations(); t++) {
      Rates.check(t, rates.learningRate(t), rates.weightDecay(t), rates.momentum(t));
      learningRate = Math.max(learningRate, rates.learningRate(t));
      weightDecay = Math.max(weightDecay, rates.weightDecay(t));
      momentum = Math.max(momentum, rates.momentum(t));
    }
    return CharacteristicRoot.of(learningRate, weightDecay, momentum);
  }
}
