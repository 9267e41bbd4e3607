package explr.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Layout;
import explr.network.Node;
import explr.network.NormLayer;
import explr.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What both engines' networks hold alike: the flat arrays of weights, gradient and statistics.
 *
 * @param <A> the engine's own type of array
 */
abstract class FlatNetwork<A extends NDArray> implements Network {

  /**
   * What a graph reads beside trained weights, by the name of its tensor or node and one of these.
   */
  static final String MEAN = ".mean";

  static final String VARIANCE = ".variance";

  /** A normalisation's scale and bias where they are not trained. */
  static final String ONES = ".ones";

  static final String ZEROS = ".zeros";

  final Architecture architecture;
  final Layout layout;
  final NDManager manager;
  final Precision precision;
  final A weights;
  final A gradient;
  final A fixed;
  final A means;
  final A variances;

  /** Numbers on their way to the device. */
  private ByteBuffer staging = ByteBuffer.allocateDirect(0);

  FlatNetwork(Architecture architecture, NDManager manager, Precision precision) {
    this.architecture = architecture;
    this.layout = Layout.of(architecture);
    this.manager = manager;
    this.precision = precision;
    weights = filled(layout.weightCount(), 0);
    gradient = filled(layout.weightCount(), 0);
    fixed = filled(layout.fixedCount(), 0);
    means = filled(layout.statisticCount(), 0);
    variances = filled(layout.statisticCount(), 0);
  }

  /** An array of at least one number, for engines that know none of length 0. */
  @SuppressWarnings("unchecked") // a manager makes arrays of its own engine
  final A filled(int size, int value) {
    NDArray zeros = manager.zeros(new Shape(Math.max(1, size)), precision.dataType());
    return (A) (value == 0 ? zeros : zeros.addi(value));
  }

  /**
   * How many ones and zeros a normalisation reads as the scale and bias that are not trained: one
   * for each channel, or for each number of a group.
   */
  static int affineSize(Node node) {
    Layer.Normalization norm = (Layer.Normalization) node.layer();
    if (norm.layer().kind() == NormLayer.Kind.BATCH) {
      return norm.channels();
    }
    int values = node.shape().stream().reduce(1, Math::multiplyExact);
    return values / norm.layer().groupsOf(norm.channels());
  }

  @Override
  public final Layout layout() {
    return layout;
  }

  @Override
  public final NDManager manager() {
    return manager;
  }

  @Override
  public final int imageSize() {
    return architecture.input().values();
  }

  @Override
  public final int classes() {
    return architecture.output().shape().stream().reduce(1, Math::multiplyExact);
  }

  @Override
  public final Precision precision() {
    return precision;
  }

  @Override
  public final NDArray weights() {
    return weights;
  }

  @Override
  public final NDArray gradient() {
    return gradient;
  }

  @Override
  public final NDArray batchMeans() {
    return means;
  }

  @Override
  public final NDArray batchVariances() {
    return variances;
  }

  @Override
  public double[] read(NDArray weights) {
    return Values.values(weights);
  }

  @Override
  public double[] read(NDArray weights, Tensor tensor) {
    try (NDArray part = weights.get("{}:{}", tensor.offset(), tensor.end())) {
      return Values.values(part);
    }
  }

  @Override
  public void write(double[] values, NDArray weights) {
    put(values, weights);
  }

  /** Values in the order of the device. */
  final void put(double[] values, NDArray to) {
    if (values.length > 0) {
      try (NDArray array = Values.of(manager, precision, values, values.length)) {
        copy(array, to);
      }
    }
  }

  @Override
  public void enter() {
    // On a CPU each thread computes where it is.
  }

  @Override
  public boolean channelsLast() {
    return false;
  }

  @Override
  public Program program(Runnable computation) {
    return new EagerProgram(computation);
  }

  @Override
  public final void useStatistics(NDArray means, NDArray variances) {
    copy(means, this.means);
    copy(variances, this.variances);
  }

  @Override
  public final void setFixedWeights(double[] values) {
    put(values, fixed);
  }

  /**
   * Numbers in memory that the engine can read, valid until the next call: new direct memory for
   * every batch would pile up until the collector runs, which has little reason to.
   */
  final ByteBuffer staged(float[] values) {
    int bytes = Math.multiplyExact(values.length, Float.BYTES);
    if (staging.capacity() < bytes) {
      staging = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    staging.clear();
    staging.asFloatBuffer().put(values);
    return staging.limit(bytes);
  }

  /** One positive number for each normalisation. */
  final void checkEpsilons(double[] epsilons) {
    int normalizations = architecture.normalizations().size();
    if (epsilons.length != normalizations) {
      throw new IllegalArgumentException(
          "%d values of epsilon for %d normalisations".formatted(epsilons.length, normalizations));
    }
    for (double epsilon : epsilons) {
      if (!(epsilon > 0 && epsilon <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "epsilon must be positive and a number of 32 bits, which MXNet's operators keep it as; it is "
                + epsilon);
      }
    }
  }
}
