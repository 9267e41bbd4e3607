package explr.engine;

import ai.djl.ndarray.NDArray;
import explr.network.Architecture;
import explr.network.Initialization;
import explr.network.Tensor;
import explr.statistics.Distance;
import java.util.Random;

/**
 * What a network says when all its trainable weights are multiplied by one number: the question
 * that {@link explr.network.Homogeneity} answers without weights, put to a network that has them.
 *
 * <p>Weights are at a random start, scales and biases off their 1 and 0, which would hide it, by
 * N(0, 1/4); images are noise. In 64 bits with an ε of 1e-20, which changes nothing, a
 * scale-invariant network's logits change by rounding alone, about 1e-15.
 */
public final class Rescaling implements AutoCloseable {

  private static final int BATCH = 4;
  private static final double EPSILON = 1e-20;

  private final Network network;
  private final double[] weights;
  private final Examples examples;
  private final double[] logits;

  private Rescaling(Network network, long seed) {
    this.network = network;
    Random random = new Random(seed);
    Initialization start = Initialization.of(network.layout(), seed);
    weights = start.weights();
    for (Tensor tensor : network.layout().trainable()) {
      if (tensor.role() == Tensor.Role.SCALE || tensor.role() == Tensor.Role.BIAS) {
        for (int i = tensor.offset(); i < tensor.end(); i++) {
          weights[i] += 0.5 * random.nextGaussian();
        }
      }
    }
    network.setFixedWeights(start.fixed());
    float[] images = new float[BATCH * network.imageSize()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    examples = network.examples(images, new int[BATCH]);
    logits = logits(1);
  }

  /**
   * A network with random weights.
   *
   * @param backend in 64 bits where rounding is to be told from a change
   * @param seed decides weights and images
   */
  public static Rescaling of(Architecture architecture, Backend backend, long seed) {
    Network network = backend.open(architecture, BATCH, EPSILON);
    try {
      return new Rescaling(network, seed);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /**
   * ‖f(cθ) − f(θ)‖ / ‖f(θ)‖, f being the logits of a training batch.
   *
   * @param factor c &gt; 0
   */
  public double change(double factor) {
    if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weights are scaled by a finite factor above 0, not by " + factor);
    }
    return Distance.relative(logits(factor), logits);
  }

  /** The change by one factor of a network that is opened for it alone, with seed 0. */
  public static double change(Architecture architecture, Backend backend, double factor) {
    try (Rescaling rescaling = of(architecture, backend, 0)) {
      return rescaling.change(factor);
    }
  }

  private double[] logits(double factor) {
    try (NDArray original =
            Values.of(network.manager(), network.precision(), weights, weights.length);
        NDArray scaled = original.mul(factor)) {
      network.copy(scaled, network.weights());
    }
    try (NDArray result = network.differentiate(examples)) {
      return Values.values(result);
    }
  }

  @Override
  public void close() {
    examples.close();
    network.close();
  }
}
