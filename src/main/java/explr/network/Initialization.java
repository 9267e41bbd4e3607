package explr.network;

import java.util.List;
import java.util.Random;

/**
 * The random start of a network, a pure function of layout and seed.
 *
 * <p>Convolutions are drawn from N(0, 2 / fanOut), fanOut = outputChannels · kernel² (He et al.
 * 2015, the choice of the published PreResNet code); linear layers from U(−1/√inputs, 1/√inputs);
 * scales start at 1 and biases at 0. Every tensor has a generator of its own, so that one layer's
 * size does not change another's numbers.
 *
 * @param weights all trainable weights, as the layout places them
 * @param fixed all fixed weights
 */
public record Initialization(double[] weights, double[] fixed) {

  /** Draws a start. {@link Random} is used because its sequence is fixed by its specification. */
  public static Initialization of(Layout layout, long seed) {
    double[] weights = new double[layout.weightCount()];
    double[] fixed = new double[layout.fixedCount()];
    fill(weights, layout.trainable(), seed);
    fill(fixed, layout.fixed(), ~seed);
    return new Initialization(weights, fixed);
  }

  private static void fill(double[] values, List<Tensor> tensors, long seed) {
    for (int i = 0; i < tensors.size(); i++) {
      Random random = new Random(seed * 0x9E3779B97F4A7C15L + i);
      Tensor tensor = tensors.get(i);
      for (int j = tensor.offset(); j < tensor.end(); j++) {
        values[j] = draw(tensor, random);
      }
    }
  }

  private static double draw(Tensor tensor, Random random) {
    return switch (tensor.role()) {
      case KERNEL ->
          Math.sqrt(2.0 / (tensor.size() / tensor.shape().get(1))) * random.nextGaussian();
      case MATRIX -> 1 / Math.sqrt(tensor.shape().get(1)) * (2 * random.nextDouble() - 1);
      case SCALE -> 1;
      case BIAS, STATISTIC -> 0;
    };
  }
}
