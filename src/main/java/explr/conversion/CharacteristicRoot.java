package explr.conversion;

import explr.schedule.Rates;

/**
 * The larger root z of z² − (1 + γ − λη) z + γ = 0, by which an exponential learning rate grows.
 *
 * <p>Li &amp; Arora 2020, equation 1, where it is called α. With weight decay λ, learning rate η
 * and momentum γ constant, the weights of the equivalent run without weight decay grow by 1/z and
 * its rate by 1/z² at every iteration. Both roots lie in [γ, 1], and they are real up to the
 * critical λη = (1 − √γ)².
 *
 * <p>Accuracy: a few ulp in z and in 1 − z, also near the critical λη: with δ = (1 − √γ)² − λη in
 * double-double arithmetic, 2z = δ + 2√γ + √(δ(δ + 4√γ)), in which nothing cancels. At the critical
 * λη itself the roots are as uncertain as the square root of the rounding of η, λ and γ, about
 * 1e-8.
 */
public final class CharacteristicRoot {

  private final PhaseRoot root = new PhaseRoot();

  private CharacteristicRoot() {}

  /**
   * The root for one setting.
   *
   * @param learningRate η ≥ 0
   * @param weightDecay λ ≥ 0
   * @param momentum γ in [0, 1)
   * @throws IllegalArgumentException outside these ranges, and where λη &gt; (1 − √γ)², because the
   *     roots are then complex
   */
  public static CharacteristicRoot of(double learningRate, double weightDecay, double momentum) {
    CharacteristicRoot made = new CharacteristicRoot();
    made.root.set(learningRate, weightDecay, momentum);
    return made;
  }

  /**
   * (1 − √γ)², the largest λη for which the roots are real.
   *
   * @param momentum γ in [0, 1)
   */
  public static double critical(double momentum) {
    Rates.check(0, 0, 0, momentum);
    double oneMinusSqrt = (1 - momentum) / (1 + Math.sqrt(momentum));
    return oneMinusSqrt * oneMinusSqrt;
  }

  /**
   * (1 − √γ)² − λη without cancellation: how far a setting is below the critical one; negative
   * above it.
   *
   * @param learningRate η ≥ 0
   * @param weightDecay λ ≥ 0
   * @param momentum γ in [0, 1)
   */
  public static double belowCritical(double learningRate, double weightDecay, double momentum) {
    return new PhaseRoot().gap(learningRate, weightDecay, momentum);
  }

  /** Whether {@link #of} has a root for values in their ranges, or refuses them as complex. */
  public static boolean exists(double learningRate, double weightDecay, double momentum) {
    return new PhaseRoot().exists(learningRate, weightDecay, momentum);
  }

  /** z. */
  public double value() {
    return root.value();
  }

  /** 1 − z without cancellation. */
  public double oneMinus() {
    return root.oneMinus();
  }

  /** ln z ≤ 0. */
  public double log() {
    return oneMinus() < 0.5 ? Math.log1p(-oneMinus()) : Math.log(value());
  }

  /** The smaller root, γ/z. */
  public double smaller() {
    return root.smaller();
  }

  /** The difference of the two roots; 0 at the critical λη. */
  public double separation() {
    return root.separation();
  }

  @Override
  public String toString() {
    return "z = " + value();
  }

  /** See {@link PhaseRoot#bufferOffset}. */
  double bufferOffset() {
    return root.bufferOffset();
  }
}
