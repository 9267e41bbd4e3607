package explr.theory;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * A smooth, non-convex scale-invariant toy loss with noise from batch to batch:
 *
 * <pre>
 *   L_t(θ) = Σ_i c_i(t) sin(⟨a_i, θ/|θ|⟩ + b_i) / n
 * </pre>
 *
 * with directions a_i and phases b_i from the seed and c_i(t) in [0.5, 1.5] from seed and t: what
 * differs from one iteration to the next is which ripples count how much.
 */
public final class Ripples implements LossSequence {

  private final double[][] directions;
  private final double[] phases;
  private final long seed;

  private Ripples(double[][] directions, double[] phases, long seed) {
    this.directions = directions;
    this.phases = phases;
    this.seed = seed;
  }

  /**
   * The loss of a seed.
   *
   * @param dimension of the weights, ≥ 2
   * @param seed any
   */
  public static Ripples of(int dimension, long seed) {
    if (dimension < 2) {
      throw new IllegalArgumentException(
          "a direction needs at least 2 dimensions, not " + dimension);
    }
    Random random = new Random(seed);
    double[][] directions = new double[2 * dimension][dimension];
    double[] phases = new double[directions.length];
    for (int i = 0; i < directions.length; i++) {
      phases[i] = 2 * Math.PI * random.nextDouble();
      for (int j = 0; j < dimension; j++) {
        directions[i][j] = random.nextGaussian();
      }
    }
    return new Ripples(directions, phases, seed);
  }

  @Override
  public ScaleInvariantLoss at(long iteration) {
    double[] coefficients = new double[phases.length];
    SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (iteration + 1));
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = (0.5 + random.nextDouble()) / coefficients.length;
    }
    return ScaleInvariantLoss.ofDirection(
        direction -> value(coefficients, direction), direction -> slope(coefficients, direction));
  }

  private double value(double[] coefficients, double[] direction) {
    double sum = 0;
    for (int i = 0; i < coefficients.length; i++) {
      sum += coefficients[i] * Math.sin(angle(i, direction));
    }
    return sum;
  }

  private double[] slope(double[] coefficients, double[] direction) {
    double[] slope = new double[direction.length];
    for (int i = 0; i < coefficients.length; i++) {
      double derivative = coefficients[i] * Math.cos(angle(i, direction));
      for (int j = 0; j < slope.length; j++) {
        slope[j] += derivative * directions[i][j];
      }
    }
    return slope;
  }

  private double angle(int i, double[] direction) {
    return Vectors.dot(directions[i], direction) + phases[i];
  }
}
