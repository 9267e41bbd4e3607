package explr.theory;

import explr.statistics.Distance;

/**
 * The weights and the momentum buffer of a run between two steps.
 *
 * <p>Immutable by convention: no function here changes the arrays of a state.
 */
public final class ToyState {

  private final double[] weights;
  private final double[] buffer;

  private ToyState(double[] weights, double[] buffer) {
    this.weights = weights;
    this.buffer = buffer;
  }

  /** Weights θ and buffer v of the same length. */
  public static ToyState of(double[] weights, double[] buffer) {
    if (weights.length != buffer.length) {
      throw new IllegalArgumentException(
          "weights and buffer must be of equal length, not %d and %d"
              .formatted(weights.length, buffer.length));
    }
    return new ToyState(weights.clone(), buffer.clone());
  }

  /** Weights θ and an empty buffer. */
  public static ToyState of(double... weights) {
    return new ToyState(weights.clone(), new double[weights.length]);
  }

  /** θ. */
  public double[] weights() {
    return weights.clone();
  }

  /** v. */
  public double[] buffer() {
    return buffer.clone();
  }

  /** |θ|. */
  public double norm() {
    return Vectors.norm(weights);
  }

  /** θ/|θ|. */
  public double[] direction() {
    return Vectors.scaled(1 / norm(), weights);
  }

  /** Weights of the same direction and another norm &gt; 0, and an empty buffer. */
  public ToyState withNorm(double norm) {
    if (!(norm > 0 && norm <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("weights need a finite norm > 0, not " + norm);
    }
    return of(Vectors.scaled(norm, direction()));
  }

  /**
   * The distance of the directions of two states, |θ/|θ| − θ'/|θ'||: the angle where it is small.
   */
  public double distance(ToyState other) {
    return Distance.between(direction(), other.direction());
  }
}
