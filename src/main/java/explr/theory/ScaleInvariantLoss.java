package explr.theory;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

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

  /**
   * The loss f(θ/|θ|), scale invariant by its making.
   *
   * @param f any differentiable function of a unit vector
   * @param slope its gradient there, as if all directions were free
   */
  static ScaleInvariantLoss ofDirection(
      ToDoubleFunction<double[]> f, UnaryOperator<double[]> slope) {
    return new ScaleInvariantLoss() {
      @Override
      public double value(double[] weights) {
        return f.applyAsDouble(Vectors.scaled(1 / Vectors.norm(weights), weights));
      }

      @Override
      public double[] gradient(double[] weights) {
        double norm = Vectors.norm(weights);
        double[] direction = Vectors.scaled(1 / norm, weights);
        return Vectors.tangential(slope.apply(direction), weights, norm);
      }
    };
  }
}
