package explr.theory;

import java.util.SplittableRandom;

/**
 * The worked example of Li &amp; Arora 2020, Section 3: logistic regression on Gaussian inputs that
 * are separated by their first coordinate, which weight decay or normalisation alone learn and both
 * together do not.
 *
 * <p>Inputs x ~ N(0, I_m), labels y = sign(x_1), loss ln(1 + exp(−y ⟨x, w⟩)), or with normalisation
 * ln(1 + exp(−y ⟨x, w⟩/|w|)); SGD without momentum on fresh batches of B. The training error is
 * arccos(w_1/|w|)/π.
 *
 * @param dimension m ≥ 3
 * @param batchSize B ≥ 1
 * @param learningRate η &gt; 0
 * @param weightDecay λ ≥ 0, λη &lt; 1
 * @param normalized whether the output is normalised by |w|
 */
public record Separation(
    int dimension, int batchSize, double learningRate, double weightDecay, boolean normalized) {

  /** Refuses values outside the ranges above. */
  public Separation {
    if (dimension < 3 || batchSize < 1) {
      throw new IllegalArgumentException(
          "the example needs at least 3 dimensions and a batch of 1, not %d and %d"
              .formatted(dimension, batchSize));
    }
    if (!(learningRate > 0 && weightDecay >= 0 && weightDecay * learningRate < 1)) {
      throw new IllegalArgumentException(
          "the example needs a learning rate > 0 and a decay with 0 ≤ λη < 1, not %s and %s"
              .formatted(learningRate, weightDecay));
    }
  }

  /**
   * The training errors after 1, …, n steps.
   *
   * @param steps n ≥ 0
   * @param seed of the initial weights, drawn from N(0, I_m), and of the batches
   */
  public double[] errors(int steps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] weights = gaussian(random);
    double[] errors = new double[steps];
    for (int t = 0; t < steps; t++) {
      double[] kept = Vectors.scaled(1 - weightDecay * learningRate, weights);
      weights = Vectors.plus(kept, -learningRate, gradient(weights, random));
      errors[t] = error(weights);
    }
    return errors;
  }

  /** arccos(w_1/|w|)/π, the part of all inputs that these weights label wrongly. */
  public static double error(double[] weights) {
    double cosine = weights[0] / Vectors.norm(weights);
    return Math.acos(Math.max(-1, Math.min(1, cosine))) / Math.PI;
  }

  private double[] gradient(double[] weights, SplittableRandom random) {
    double norm = normalized ? Vectors.norm(weights) : 1;
    double[] slope = new double[dimension];
    for (int b = 0; b < batchSize; b++) {
      double[] input = gaussian(random);
      double label = Math.signum(input[0]);
      double margin = label * Vectors.dot(input, weights) / norm;
      slope = Vectors.plus(slope, -label / (1 + Math.exp(margin)) / batchSize, input);
    }
    return normalized ? Vectors.tangential(slope, weights, norm) : slope;
  }

  private double[] gaussian(SplittableRandom random) {
    double[] vector = new double[dimension];
    for (int i = 0; i < dimension; i += 2) {
      double length = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      double angle = 2 * Math.PI * random.nextDouble();
      vector[i] = length * Math.cos(angle);
      if (i + 1 < dimension) {
        vector[i + 1] = length * Math.sin(angle);
      }
    }
    return vector;
  }
}
