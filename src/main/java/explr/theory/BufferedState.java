package explr.theory;

import explr.statistics.Distance;

/**
 * (θ, η, θ', η'): the current weights and rate and those of the iteration before, which are the
 * state of gradient descent with momentum, with the basic maps of Li &amp; Arora 2020, Section 2.2.
 */
public final class BufferedState {

  private final double[] weights;
  private final double learningRate;
  private final double[] bufferedWeights;
  private final double bufferedRate;

  private BufferedState(
      double[] weights, double learningRate, double[] bufferedWeights, double bufferedRate) {
    this.weights = weights;
    this.learningRate = learningRate;
    this.bufferedWeights = bufferedWeights;
    this.bufferedRate = bufferedRate;
  }

  /** θ, η, θ' and η'; the momentum buffer they stand for is (θ' − θ)/η'. */
  public static BufferedState of(
      double[] weights, double learningRate, double[] bufferedWeights, double bufferedRate) {
    return new BufferedState(weights.clone(), learningRate, bufferedWeights.clone(), bufferedRate);
  }

  /** GD^ρ: (ρθ + η(γ(θ − θ')/η' − ∇L(θ)), η, θ, η). */
  public static StateMap<BufferedState> gradientDescent(
      ScaleInvariantLoss loss, double rho, double momentum) {
    return s -> {
      double[] moved = Vectors.plus(s.weights, -1, s.bufferedWeights);
      double[] next = Vectors.scaled(rho, s.weights);
      next = Vectors.plus(next, s.learningRate * momentum / s.bufferedRate, moved);
      next = Vectors.plus(next, -s.learningRate, loss.gradient(s.weights));
      return new BufferedState(next, s.learningRate, s.weights, s.learningRate);
    };
  }

  /** Π_1^c: (cθ, η, θ', η'). */
  public static StateMap<BufferedState> scaleWeights(double c) {
    return s ->
        new BufferedState(
            Vectors.scaled(c, s.weights), s.learningRate, s.bufferedWeights, s.bufferedRate);
  }

  /** Π_2^c: (θ, cη, θ', η'). */
  public static StateMap<BufferedState> scaleRate(double c) {
    return s -> new BufferedState(s.weights, c * s.learningRate, s.bufferedWeights, s.bufferedRate);
  }

  /** Π_3^c: (θ, η, cθ', η'). */
  public static StateMap<BufferedState> scaleBufferedWeights(double c) {
    return s ->
        new BufferedState(
            s.weights, s.learningRate, Vectors.scaled(c, s.bufferedWeights), s.bufferedRate);
  }

  /** Π_4^c: (θ, η, θ', cη'). */
  public static StateMap<BufferedState> scaleBufferedRate(double c) {
    return s -> new BufferedState(s.weights, s.learningRate, s.bufferedWeights, c * s.bufferedRate);
  }

  /** Π_1^c ∘ Π_2^(c²) ∘ Π_3^c ∘ Π_4^(c²): it commutes with every step (Lemma 2.7). */
  public static StateMap<BufferedState> equivalentScaling(double c) {
    return StateMap.compose(
        scaleWeights(c), scaleRate(c * c), scaleBufferedWeights(c), scaleBufferedRate(c * c));
  }

  /**
   * N: (θ, η, θ − (η/η')(θ − θ'), η), the same buffer as if the rate had not changed (Lemma B.3).
   */
  public static StateMap<BufferedState> canonicalize() {
    return s -> {
      double[] moved = Vectors.plus(s.weights, -1, s.bufferedWeights);
      double[] before = Vectors.plus(s.weights, -s.learningRate / s.bufferedRate, moved);
      return new BufferedState(s.weights, s.learningRate, before, s.learningRate);
    };
  }

  /** θ. */
  public double[] weights() {
    return weights.clone();
  }

  /** η. */
  public double learningRate() {
    return learningRate;
  }

  /** θ'. */
  public double[] bufferedWeights() {
    return bufferedWeights.clone();
  }

  /** η'. */
  public double bufferedRate() {
    return bufferedRate;
  }

  /** The largest of the relative distances of θ, η, θ' and η'. */
  public double distance(BufferedState other) {
    double rates =
        Math.max(
            Math.abs(learningRate / other.learningRate - 1),
            Math.abs(bufferedRate / other.bufferedRate - 1));
    double vectors =
        Math.max(
            Distance.relative(weights, other.weights),
            Distance.relative(bufferedWeights, other.bufferedWeights));
    return Math.max(rates, vectors);
  }
}
