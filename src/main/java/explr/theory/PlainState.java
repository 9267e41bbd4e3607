package explr.theory;

import explr.statistics.Distance;

/**
 * (θ, η): the state of gradient descent without momentum, with the basic maps of Li &amp; Arora
 * 2020, Section 2.1.
 */
public final class PlainState {

  private final double[] weights;
  private final double learningRate;

  private PlainState(double[] weights, double learningRate) {
    this.weights = weights;
    this.learningRate = learningRate;
  }

  /** Weights θ and learning rate η. */
  public static PlainState of(double[] weights, double learningRate) {
    return new PlainState(weights.clone(), learningRate);
  }

  /** GD^ρ: (ρθ − η∇L(θ), η). With ρ = 1 − λη it is a step with weight decay, with ρ = 1 without. */
  public static StateMap<PlainState> gradientDescent(ScaleInvariantLoss loss, double rho) {
    return s ->
        new PlainState(
            Vectors.plus(Vectors.scaled(rho, s.weights), -s.learningRate, loss.gradient(s.weights)),
            s.learningRate);
  }

  /** Π_1^c: (cθ, η). */
  public static StateMap<PlainState> scaleWeights(double c) {
    return s -> new PlainState(Vectors.scaled(c, s.weights), s.learningRate);
  }

  /** Π_2^c: (θ, cη). */
  public static StateMap<PlainState> scaleRate(double c) {
    return s -> new PlainState(s.weights, c * s.learningRate);
  }

  /** Π_1^c ∘ Π_2^(c²), an equivalent scaling: it commutes with every step (Lemma 2.4). */
  public static StateMap<PlainState> equivalentScaling(double c) {
    return scaleWeights(c).after(scaleRate(c * c));
  }

  /** θ. */
  public double[] weights() {
    return weights.clone();
  }

  /** η. */
  public double learningRate() {
    return learningRate;
  }

  /** The larger of the relative distances of θ and η. */
  public double distance(PlainState other) {
    return Math.max(
        Distance.relative(weights, other.weights), Math.abs(learningRate / other.learningRate - 1));
  }
}
