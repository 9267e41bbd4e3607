package explr.theory;

/**
 * A loss that does not change when its weights are scaled: L(cθ) = L(θ) for c &gt; 0.
 *
 * <p>Its gradient is orthogonal to θ and falls as 1/|θ| (Li &amp; Arora 2020, Lemma 1.3). It is not
 * defined at θ = 0, and not convex in any ball around it (Lemma B.11).
 */
public interface ScaleInvariantLoss {

  /** L(θ), θ ≠ 0. */
  double value(double[] weights);

  /** ∇L(θ), as long as θ ≠ 0. */
  double[] gradient(double[] weights);
}
