package explr.theory;

/**
 * Steps that always decrease the loss enough force the weights to 0.
 *
 * <p>Li &amp; Arora 2020, Theorem B.12, for γ = 0, λ &gt; 0, constant η and a loss bounded below:
 * if from some T on L(θ_{t+1}) − L(θ_t) ≤ −cη|∇L(θ_t)|² with c &gt; 0, then |θ_t| → 0. The proof
 * bounds the sum of their squares. Since weights in practice stay away from 0, steps must fail to
 * do so: gradient descent with normalisation and decay is no smooth descent.
 */
public final class SufficientDescent {

  private SufficientDescent() {}

  /**
   * The largest c that holds for one step: (L(θ) − L(θ')) / (η|∇L(θ)|²), negative where the loss
   * rises.
   *
   * @param loss L
   * @param before θ
   * @param after θ'
   * @param learningRate η &gt; 0
   */
  public static double constant(
      ScaleInvariantLoss loss, ToyState before, ToyState after, double learningRate) {
    double[] gradient = loss.gradient(before.weights());
    double fall = loss.value(before.weights()) - loss.value(after.weights());
    return fall / (learningRate * Vectors.dot(gradient, gradient));
  }

  /**
   * An upper bound of Σ_{t ≥ T} |θ_t|²: (|θ_T|² + η (L(θ_T) − inf L)/c) / (1 − (1 − λη)²).
   *
   * @param squaredNorm |θ_T|²
   * @param excess L(θ_T) − inf L ≥ 0
   * @param constant c &gt; 0
   * @param learningRate η &gt; 0
   * @param weightDecay λ with 0 &lt; λη &lt; 1
   */
  public static double sumOfSquaredNorms(
      double squaredNorm, double excess, double constant, double learningRate, double weightDecay) {
    double decayed = learningRate * weightDecay;
    if (!(constant > 0 && decayed > 0 && decayed < 1 && excess >= 0)) {
      throw new IllegalArgumentException(
          "the bound needs c > 0, 0 < λη < 1 and L − inf L ≥ 0, not %s, %s and %s"
              .formatted(constant, decayed, excess));
    }
    return (squaredNorm + learningRate * excess / constant) / (decayed * (2 - decayed));
  }
}
