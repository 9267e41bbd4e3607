package explr.theory;

import java.util.Random;

/**
 * Two points in any ball around the origin between which a scale-invariant loss is not convex.
 *
 * <p>Li &amp; Arora 2020, Lemma B.11: there is no such ball in which it is convex unless it is
 * constant. With m in a direction of high loss, a in another, and b = 2m − a, convexity would need
 * L(m) ≤ (L(a) + L(b))/2.
 */
public final class NonConvexity {

  private static final int ATTEMPTS = 10_000;

  private final double[] first;
  private final double[] second;
  private final double excess;

  private NonConvexity(double[] first, double[] second, double excess) {
    this.first = first;
    this.second = second;
    this.excess = excess;
  }

  /**
   * Looks for two such points.
   *
   * @param loss not constant
   * @param dimension of its weights, ≥ 2
   * @param radius of the ball, &gt; 0
   * @param seed of the directions that are tried
   * @throws IllegalArgumentException if none is found, as for a constant loss
   */
  public static NonConvexity within(
      ScaleInvariantLoss loss, int dimension, double radius, long seed) {
    if (!(radius > 0) || dimension < 2) {
      throw new IllegalArgumentException(
          "a ball needs a radius > 0 and at least 2 dimensions, not %s and %d"
              .formatted(radius, dimension));
    }
    Random random = new Random(seed);
    for (int i = 0; i < ATTEMPTS; i++) {
      double[] middle = direction(random, dimension, radius / 4);
      double[] first = direction(random, dimension, radius / 4);
      double[] second = Vectors.plus(Vectors.scaled(2, middle), -1, first);
      double excess = loss.value(middle) - (loss.value(first) + loss.value(second)) / 2;
      if (excess > 1e-9) {
        return new NonConvexity(first, second, excess);
      }
    }
    throw new IllegalArgumentException(
        "no two points were found between which the loss is not convex; is it constant?");
  }

  /** One point. */
  public double[] first() {
    return first.clone();
  }

  /** The other point. */
  public double[] second() {
    return second.clone();
  }

  /** By how much the loss in their middle is above the mean of the two, &gt; 0. */
  public double excess() {
    return excess;
  }

  private static double[] direction(Random random, int dimension, double length) {
    double[] gaussian = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      gaussian[i] = random.nextGaussian();
    }
    return Vectors.scaled(length / Vectors.norm(gaussian), gaussian);
  }
}
