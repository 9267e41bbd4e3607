package explr.theory;

import explr.conversion.CharacteristicRoot;
import explr.conversion.GrowthRatio;
import explr.schedule.Rates;

/**
 * How near TEXP++ is to TEXP at the latest, so many iterations into a phase:
 *
 * <pre>
 *   |α_t α_{t+1} / z_I² − 1| ≤ C q^(t − T_I − 1),   q = γ / z_min²,   T_I + 1 ≤ t ≤ T_{I+1} − 1
 * </pre>
 *
 * <p>Li &amp; Arora 2020, Theorem B.8, prints C = 3 max λ max η / (1 − γ), which holds at ordinary
 * settings but fails near the critical λη: from .995, .962, .934, .915, .895 of it for γ = .5, .8,
 * .9, .95, .99. C = 2x + x² with x = (1 − z_min)/z_min is provable wherever z_min exists, because
 * |α/z − 1| ≤ x q^s. {@link GrowthRatio} has the ratio itself.
 *
 * @param printedConstant 3 max λ max η / (1 − γ)
 * @param correctedConstant 2x + x²
 * @param logDecline ln q ≤ 0, where the bound falls by q at each iteration; −∞ without momentum
 */
public record GrowthRatioBound(
    double printedConstant, double correctedConstant, double logDecline) {

  /**
   * The bound for a run of constant momentum.
   *
   * @throws IllegalArgumentException if momentum changes, max η · max λ is above (1 − √γ)², or a
   *     value is out of range
   */
  public static GrowthRatioBound of(Rates rates) {
    double momentum = rates.momentum(0);
    double learningRate = 0;
    double weightDecay = 0;
    for (long t = 0; t < rates.iterations(); t++) {
      if (rates.momentum(t) != momentum) {
        throw new IllegalArgumentException(
            "Theorem B.8 is for constant momentum; at iteration %d it changes from %s to %s"
                .formatted(t, momentum, rates.momentum(t)));
      }
      learningRate = Math.max(learningRate, rates.learningRate(t));
      weightDecay = Math.max(weightDecay, rates.weightDecay(t));
    }
    CharacteristicRoot root = AlphaBounds.rootAtMaxima(rates);
    double x = root.oneMinus() / root.value();
    return new GrowthRatioBound(
        3 * weightDecay * learningRate / (1 - momentum),
        2 * x + x * x,
        -Math.log1p(root.separation() / root.smaller()));
  }

  /** q = γ / z_min² = z₂ / z_min. */
  public double decline() {
    return Math.exp(logDecline);
  }

  /** The bound with the printed constant, s ≥ 1 iterations after the first of a phase. */
  public double printed(long s) {
    return Math.exp(logPrinted(s));
  }

  /** The bound with the corrected constant, s ≥ 1 iterations after the first of a phase. */
  public double corrected(long s) {
    return Math.exp(logCorrected(s));
  }

  /** ln of {@link #printed}, also where that is too small for a double. */
  public double logPrinted(long s) {
    return Math.log(printedConstant) + logPower(s);
  }

  /** ln of {@link #corrected}, also where that is too small for a double. */
  public double logCorrected(long s) {
    return Math.log(correctedConstant) + logPower(s);
  }

  private double logPower(long s) {
    if (s < 1) {
      throw new IllegalArgumentException(
          "the bound begins one iteration after the first of a phase, not " + s + " after it");
    }
    return s == 1 ? 0 : (s - 1) * logDecline;
  }
}
