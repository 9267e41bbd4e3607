package explr.theory;

import explr.conversion.CharacteristicRoot;

/**
 * Bounds of the characteristic root without a square root of the discriminant: with t = λη/(1 − γ),
 *
 * <pre>
 *   1 − (1 + √γ) t ≤ z ≤ 1 − t
 * </pre>
 *
 * Li &amp; Arora 2020, Lemma B.1(5), which has the inequality reversed. The lower bound is attained
 * at the critical λη, the upper approached as λη → 0.
 *
 * @param lower 1 − (1 + √γ) t
 * @param upper 1 − t
 */
public record RootBounds(double lower, double upper) {

  /**
   * The bounds for one setting.
   *
   * @param learningRate η ≥ 0
   * @param weightDecay λ ≥ 0, λη ≤ (1 − √γ)²
   * @param momentum γ in [0, 1)
   * @throws IllegalArgumentException outside these ranges
   */
  public static RootBounds of(double learningRate, double weightDecay, double momentum) {
    CharacteristicRoot.of(learningRate, weightDecay, momentum); // refuses what has no root
    double t = learningRate * weightDecay / (1 - momentum);
    return new RootBounds(1 - (1 + Math.sqrt(momentum)) * t, 1 - t);
  }
}
