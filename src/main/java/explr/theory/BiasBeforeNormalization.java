package explr.theory;

import java.util.Random;
import java.util.function.IntBinaryOperator;

/**
 * A trainable bias between a linear layer of degree 2 and a normalisation: which normalisations
 * remove it, and which let it spoil scale invariance.
 *
 * <p>Scaling all trainable weights by c scales the linear layer's output by c², the bias of its
 * channel by c. Batch and instance normalisation subtract a mean per channel, and the bias with it;
 * layer and group normalisation subtract a mean over several channels, and what differs between
 * them stays. Li &amp; Arora 2020, Remark E.2 and Figure 15, whose caption names instance
 * normalisation where layer normalisation is meant.
 *
 * <p>Activations are {@code (image, channel, position)}, drawn from N(0, 1), the biases too.
 */
public enum BiasBeforeNormalization {

  /** One mean and variance for each channel. */
  BATCH((image, channel) -> channel),

  /** One for each channel of each image. */
  INSTANCE((image, channel) -> image * Size.CHANNELS + channel),

  /** One for each image. */
  LAYER((image, channel) -> image),

  /** One for each pair of channels of each image. */
  GROUP((image, channel) -> image * Size.CHANNELS + channel / 2);

  private static final class Size {
    static final int IMAGES = 6;
    static final int CHANNELS = 4;
    static final int POSITIONS = 25;
  }

  /** Which mean and variance belong to an image and a channel. */
  private final IntBinaryOperator group;

  BiasBeforeNormalization(IntBinaryOperator group) {
    this.group = group;
  }

  /**
   * How much the normalised output changes when all trainable weights are scaled, as the root mean
   * square of the difference; the output's own is 1. Rounding alone gives about 1e-15.
   *
   * @param c &gt; 0
   * @param seed of activations and biases
   */
  public double change(double c, long seed) {
    if (!(c > 0 && c <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("weights are scaled by a finite factor > 0, not by " + c);
    }
    double[][][] before = output(1, seed);
    double[][][] after = output(c, seed);
    double sum = 0;
    for (int i = 0; i < Size.IMAGES; i++) {
      for (int k = 0; k < Size.CHANNELS; k++) {
        for (int p = 0; p < Size.POSITIONS; p++) {
          double difference = after[i][k][p] - before[i][k][p];
          sum += difference * difference;
        }
      }
    }
    return Math.sqrt(sum / (Size.IMAGES * Size.CHANNELS * Size.POSITIONS));
  }

  private double[][][] output(double c, long seed) {
    Random random = new Random(seed);
    double[] biases = random.doubles(Size.CHANNELS, -2, 2).toArray();
    double[][][] values = new double[Size.IMAGES][Size.CHANNELS][Size.POSITIONS];
    for (double[][] image : values) {
      for (int k = 0; k < Size.CHANNELS; k++) {
        for (int p = 0; p < Size.POSITIONS; p++) {
          image[k][p] = c * c * random.nextGaussian() + c * biases[k];
        }
      }
    }
    normalize(values);
    return values;
  }

  private void normalize(double[][][] values) {
    int groups = Size.IMAGES * Size.CHANNELS;
    double[] counts = new double[groups];
    double[] means = new double[groups];
    double[] variances = new double[groups];
    for (int i = 0; i < Size.IMAGES; i++) {
      for (int k = 0; k < Size.CHANNELS; k++) {
        int g = group.applyAsInt(i, k);
        for (double value : values[i][k]) {
          counts[g]++;
          means[g] += (value - means[g]) / counts[g];
        }
      }
    }
    for (int i = 0; i < Size.IMAGES; i++) {
      for (int k = 0; k < Size.CHANNELS; k++) {
        int g = group.applyAsInt(i, k);
        for (double value : values[i][k]) {
          variances[g] += (value - means[g]) * (value - means[g]) / counts[g];
        }
      }
    }
    for (int i = 0; i < Size.IMAGES; i++) {
      for (int k = 0; k < Size.CHANNELS; k++) {
        int g = group.applyAsInt(i, k);
        for (int p = 0; p < Size.POSITIONS; p++) {
          values[i][k][p] = (values[i][k][p] - means[g]) / Math.sqrt(variances[g]);
        }
      }
    }
  }
}
