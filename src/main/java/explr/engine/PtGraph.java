package explr.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Layout;
import explr.network.Node;
import explr.network.NormLayer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An architecture as operators of PyTorch's C++ library, which run one by one.
 *
 * <p>Tensors and ε are looked up by name whenever the graph runs, for their owner exchanges them.
 */
final class PtGraph {

  private static final Shape UNDILATED = new Shape(1, 1);
  private static final Shape UNPADDED = new Shape(0, 0);

  private final Architecture architecture;
  private final Map<String, PtNDArray> inputs;
  private final Map<String, Double> epsilons;
  private final Set<String> passedOver;
  private final ValueLifetimes lifetimes;

  /**
   * A graph of an architecture.
   *
   * @param inputs weights, statistics and constants by name, as their owner keeps them
   * @param epsilons of normalisations by name, likewise
   */
  PtGraph(Architecture architecture, Map<String, PtNDArray> inputs, Map<String, Double> epsilons) {
    this.architecture = architecture;
    this.inputs = inputs;
    this.epsilons = epsilons;
    passedOver =
        architecture.nodes().stream()
            .filter(architecture::cancelled)
            .map(Node::name)
            .collect(Collectors.toSet());
    lifetimes = ValueLifetimes.of(architecture);
  }

  /** Whether nothing after it feels what a node adds, so that it is left out. */
  boolean passesOver(String name) {
    return passedOver.contains(name);
  }

  /**
   * From images to the logits. In training all values are kept for the way back.
   *
   * @param training whether batches are normalised with their own statistics, which are kept, or
   *     with those that are there
   */
  PtNDArray run(PtNDArray images, boolean training) {
    PtNDArray[] values = new PtNDArray[architecture.nodes().size()];
    for (Node node : architecture.nodes()) {
      values[node.index()] =
          passesOver(node.name())
              ? values[node.inputs().get(0)]
              : node(node, values, images, training);
      if (!training) {
        lifetimes.freedAfter().get(node.index()).forEach(read -> values[read].close());
      }
    }
    return values[values.length - 1];
  }

  private PtNDArray node(Node node, PtNDArray[] values, PtNDArray images, boolean training) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Input) {
      return images;
    }
    PtNDArray x = values[node.inputs().get(0)];
    if (layer instanceof Layer.Convolution conv) {
      return convolution(conv, x, inputs.get(node.name()));
    } else if (layer instanceof Layer.Linear) {
      return (PtNDArray) x.matMul(transposed(inputs.get(node.name()), x));
    } else if (layer instanceof Layer.Bias) {
      return (PtNDArray) x.add(perChannel(inputs.get(node.name()), x));
    } else if (layer instanceof Layer.Normalization norm) {
      return norm.layer().kind() == NormLayer.Kind.BATCH
          ? batchNormalization(node, norm, x, training)
          : groupNormalization(node, norm, x);
    } else if (layer instanceof Layer.Add) {
      return (PtNDArray) x.add(values[node.inputs().get(1)]);
    } else if (layer instanceof Layer.Relu) {
      return JniUtils.relu(x);
    } else if (layer instanceof Layer.MaxPool pool) {
      Shape size = new Shape(pool.size(), pool.size());
      return JniUtils.maxPool(x, size, size, UNPADDED, false);
    } else if (layer instanceof Layer.AveragePool pool) {
      Shape size = new Shape(pool.size(), pool.size());
      return JniUtils.avgPool(x, size, size, UNPADDED, false, true);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      Shape shape = x.getShape();
      return (PtNDArray) x.reshape(shape.get(0), shape.get(1), -1).mean(new int[] {2});
    } else if (layer instanceof Layer.Flatten) {
      return (PtNDArray) x.reshape(x.getShape().get(0), -1);
    }
    throw new AssertionError("no PyTorch operator for " + layer);
  }

  private static PtNDArray convolution(Layer.Convolution conv, PtNDArray x, PtNDArray weight) {
    Shape stride = new Shape(conv.stride(), conv.stride());
    Shape padding = new Shape(conv.kernel() / 2, conv.kernel() / 2);
    return JniUtils.convolution(x, weight, null, stride, padding, UNDILATED, 1);
  }

  private PtNDArray batchNormalization(
      Node node, Layer.Normalization norm, PtNDArray x, boolean training) {
    String name = node.name();
    boolean affine = norm.layer().affine();
    // DJL's parameter names say scale and bias first; its native code takes the statistics first.
    return JniUtils.batchNorm(
        x,
        inputs.get(name + FlatNetwork.MEAN),
        inputs.get(name + FlatNetwork.VARIANCE),
        inputs.get(name + (affine ? Layout.SCALE : FlatNetwork.ONES)),
        inputs.get(name + (affine ? Layout.BIAS : FlatNetwork.ZEROS)),
        training,
        1,
        epsilons.get(name));
  }

  /** Layer normalisation of each group of channels, then the affine part. */
  private PtNDArray groupNormalization(Node node, Layer.Normalization norm, PtNDArray x) {
    String name = node.name();
    Shape shape = x.getShape();
    NDArray groups = x.reshape(shape.get(0), norm.layer().groupsOf(norm.channels()), -1);
    NDArray normalized =
        JniUtils.layerNorm(
            (PtNDArray) groups,
            new Shape(groups.getShape().get(2)),
            inputs.get(name + FlatNetwork.ONES),
            inputs.get(name + FlatNetwork.ZEROS),
            epsilons.get(name));
    NDArray result = normalized.reshape(shape);
    if (norm.layer().affine()) {
      NDArray scaled = result.mul(perChannel(inputs.get(name + Layout.SCALE), x));
      result = scaled.add(perChannel(inputs.get(name + Layout.BIAS), x));
    }
    return (PtNDArray) result;
  }

  /** A number for each channel in a shape that is spread over images and positions. */
  private static NDArray perChannel(PtNDArray values, PtNDArray x) {
    long[] shape = new long[x.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[1] = values.size();
    NDArray result = values.reshape(shape);
    result.attach(x.getManager());
    return result;
  }

  private static NDArray transposed(PtNDArray weight, PtNDArray x) {
    NDArray result = weight.transpose();
    result.attach(x.getManager());
    return result;
  }
}
