package explr.theory;

import explr.statistics.Distance;

/**
 * Lemma 1.3 of Li &amp; Arora 2020 at one point, as three numbers that are 0 for a scale-invariant
 * loss: L(cθ) = L(θ), ⟨∇L(θ), θ⟩ = 0 and ∇L(θ) = c ∇L(cθ).
 *
 * @param valueDifference L(cθ) − L(θ)
 * @param cosine of the angle between ∇L(θ) and θ
 * @param gradientMismatch |c ∇L(cθ) − ∇L(θ)| / |∇L(θ)|
 */
public record GradientLemma(double valueDifference, double cosine, double gradientMismatch) {

  /**
   * The three numbers of a loss.
   *
   * @param loss L, differentiable at θ with a gradient that is not 0
   * @param weights θ ≠ 0
   * @param c &gt; 0
   */
  public static GradientLemma at(ScaleInvariantLoss loss, double[] weights, double c) {
    if (!(c > 0 && c <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("weights are scaled by a finite c > 0, not by " + c);
    }
    double[] gradient = loss.gradient(weights);
    double[] scaled = Vectors.scaled(c, weights);
    return new GradientLemma(
        loss.value(scaled) - loss.value(weights),
        Vectors.dot(gradient, weights) / (Vectors.norm(gradient) * Vectors.norm(weights)),
        Distance.relative(Vectors.scaled(c, loss.gradient(scaled)), gradient));
  }
}
