package explr.theory;

import java.util.SplittableRandom;

/**
 * A scale-invariant loss whose gradients are independent from one iteration to the next:
 *
 * <pre>
 *   L_t(θ) = ⟨ξ_t, θ/|θ|⟩
 * </pre>
 *
 * with independent standard normal numbers ξ_t from seed and t. Weights that follow its gradients
 * take a random walk on the sphere of directions. Formulas for the angle per step hold exactly
 * here; a network deviates to the extent that its gradients resemble those of the steps before.
 *
 * @param dimension of the weights, ≥ 2
 * @param seed any
 */
public record RandomGradients(int dimension, long seed) implements LossSequence {

  /** Refuses fewer than 2 dimensions. */
  public RandomGradients {
    if (dimension < 2) {
      throw new IllegalArgumentException(
          "a direction needs at least 2 dimensions, not " + dimension);
    }
  }

  @Override
  public ScaleInvariantLoss at(long iteration) {
    // Seeds that differ by this constant give the same stream, shifted by one number; the hash
    // separates them.
    long hash = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (iteration + 1)).nextLong();
    SplittableRandom random = new SplittableRandom(hash);
    double[] slope = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      slope[i] = random.nextGaussian();
    }
    return ScaleInvariantLoss.ofDirection(
        direction -> Vectors.dot(slope, direction), direction -> slope);
  }
}
