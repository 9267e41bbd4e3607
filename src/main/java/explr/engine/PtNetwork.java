package explr.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import explr.network.Architecture;
import explr.network.Layout;
import explr.network.Module;
import explr.network.Node;
import explr.network.NormLayer;
import explr.network.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network on PyTorch's C++ library, whose operators run one by one and record their own way back.
 */
final class PtNetwork extends FlatNetwork<PtNDArray> {

  private static final Shape UNDILATED = new Shape(1, 1);
  private static final Shape UNPADDED = new Shape(0, 0);
  private static final String MEAN = ".mean";
  private static final String VARIANCE = ".variance";

  /** A normalisation's scale and bias where they are not trained. */
  private static final String ONES = ".ones";

  private static final String ZEROS = ".zeros";

  private final PtNDArray unbiasedToBiased;
  private final Map<String, PtNDArray> trainable = new LinkedHashMap<>();
  private final Map<String, PtNDArray> inputs = new HashMap<>();
  private final Map<String, Double> epsilons = new HashMap<>();
  private final Set<String> passedOver;

  PtNetwork(
      Architecture architecture,
      NDManager manager,
      Precision precision,
      int batchSize,
      double[] epsilons) {
    super(architecture, manager, precision);
    passedOver =
        architecture.nodes().stream()
            .filter(architecture::cancelled)
            .map(Node::name)
            .collect(Collectors.toSet());
    double[] factors = unbiasedToBiased(batchSize);
    unbiasedToBiased = (PtNDArray) Values.of(manager, precision, factors, factors.length);
    for (Tensor tensor : layout.trainable()) {
      trainable.put(tensor.name(), view(weights, tensor));
    }
    for (Tensor tensor : layout.fixed()) {
      inputs.put(tensor.name(), view(fixed, tensor));
    }
    for (Tensor tensor : layout.statistics()) {
      inputs.put(tensor.name() + MEAN, view(means, tensor));
      inputs.put(tensor.name() + VARIANCE, view(variances, tensor));
    }
    for (Node node : architecture.normalizations()) {
      int size = affineSize(node);
      inputs.put(node.name() + ONES, filled(size, 1));
      inputs.put(node.name() + ZEROS, filled(size, 0));
    }
    inputs.putAll(trainable);
    setEpsilons(epsilons);
  }

  /** PyTorch divides a batch's variance by n − 1 when it stores it, by n when it normalises. */
  private double[] unbiasedToBiased(int batchSize) {
    double[] factors = new double[Math.max(1, layout.statisticCount())];
    int next = 0;
    for (Node node : architecture.nodes()) {
      if (node.module() instanceof Module.Normalization norm
          && norm.layer().kind() == NormLayer.Kind.BATCH) {
        double values = batchSize;
        for (int size : node.shape().subList(1, node.shape().size())) {
          values *= size;
        }
        for (int channel = 0; channel < norm.channels(); channel++) {
          factors[next++] = (values - 1) / values;
        }
      }
    }
    return factors;
  }

  @Override
  public void setEpsilons(double... values) {
    checkEpsilons(values);
    int next = 0;
    for (Node node : architecture.normalizations()) {
      epsilons.put(node.name(), values[next++]);
    }
  }

  @Override
  public NDArray differentiate(Examples batch) {
    JniUtils.setGradMode(true);
    try (NDManager step = manager.newSubManager()) {
      PtNDArray[] leaves = newLeaves(step);
      PtNDArray logits = forward((PtNDArray) within(step, batch.images()), true);
      NDArray picked = logits.logSoftmax(1).gather(within(step, batch.labels()).expandDims(1), 1);
      PtNDArray loss = (PtNDArray) picked.mean().neg();
      JniUtils.backward(loss, (PtNDArray) loss.onesLike(), false, false);
      JniUtils.setGradMode(false);
      variances.muli(unbiasedToBiased);
      collectGradients(step, leaves);
      NDArray detached = logits.stopGradient();
      detached.attach(manager);
      return detached;
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /** The same data under a short-lived manager, which then owns all that is computed from it. */
  private static NDArray within(NDManager step, NDArray array) {
    NDArray alias = array.stopGradient();
    alias.attach(step);
    return alias;
  }

  /**
   * The weights as the leaves of a new record, whose gradients are empty: none is left to clear.
   */
  private PtNDArray[] newLeaves(NDManager step) {
    PtNDArray[] leaves = new PtNDArray[trainable.size()];
    int next = 0;
    for (Map.Entry<String, PtNDArray> weight : trainable.entrySet()) {
      PtNDArray leaf = JniUtils.detachGradient(weight.getValue());
      leaf.attach(step);
      JniUtils.attachGradient(leaf, true);
      inputs.put(weight.getKey(), leaf);
      leaves[next++] = leaf;
    }
    return leaves;
  }

  private void collectGradients(NDManager step, PtNDArray[] leaves) {
    PtNDArray[] parts = new PtNDArray[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      // What was not read has no gradient.
      boolean unread = passedOver.contains(layout.trainable().get(i).name());
      PtNDArray part = unread ? (PtNDArray) leaves[i].zerosLike() : JniUtils.getGradient(leaves[i]);
      part.attach(step);
      parts[i] = JniUtils.reshape(part, new long[] {-1});
    }
    copy(JniUtils.cat(parts, 0), gradient);
    inputs.putAll(trainable);
  }

  @Override
  public NDArray evaluate(Examples batch) {
    try (NDManager step = manager.newSubManager()) {
      PtNDArray logits = forward((PtNDArray) within(step, batch.images()), false);
      logits.attach(manager);
      return logits;
    }
  }

  private PtNDArray forward(PtNDArray images, boolean training) {
    PtNDArray[] values = new PtNDArray[architecture.nodes().size()];
    for (Node node : architecture.nodes()) {
      values[node.index()] =
          passedOver.contains(node.name())
              ? values[node.inputs().get(0)]
              : node(node, values, images, training);
    }
    return values[values.length - 1];
  }

  private PtNDArray node(Node node, PtNDArray[] values, PtNDArray images, boolean training) {
    Module module = node.module();
    if (module instanceof Module.Input) {
      return images;
    }
    PtNDArray x = values[node.inputs().get(0)];
    if (module instanceof Module.Convolution conv) {
      return convolution(conv, x, inputs.get(node.name()));
    } else if (module instanceof Module.Linear) {
      return (PtNDArray) x.matMul(transposed(inputs.get(node.name()), x));
    } else if (module instanceof Module.Bias) {
      return (PtNDArray) x.add(perChannel(inputs.get(node.name()), x));
    } else if (module instanceof Module.Normalization norm) {
      return norm.layer().kind() == NormLayer.Kind.BATCH
          ? batchNormalization(node, norm, x, training)
          : groupNormalization(node, norm, x);
    } else if (module instanceof Module.Add) {
      return (PtNDArray) x.add(values[node.inputs().get(1)]);
    } else if (module instanceof Module.Relu) {
      return JniUtils.relu(x);
    } else if (module instanceof Module.MaxPool pool) {
      Shape size = new Shape(pool.size(), pool.size());
      return JniUtils.maxPool(x, size, size, UNPADDED, false);
    } else if (module instanceof Module.AveragePool pool) {
      Shape size = new Shape(pool.size(), pool.size());
      return JniUtils.avgPool(x, size, size, UNPADDED, false, true);
    } else if (module instanceof Module.GlobalAveragePool) {
      Shape shape = x.getShape();
      return (PtNDArray) x.reshape(shape.get(0), shape.get(1), -1).mean(new int[] {2});
    } else if (module instanceof Module.Flatten) {
      return (PtNDArray) x.reshape(x.getShape().get(0), -1);
    }
    throw new AssertionError("no PyTorch operator for " + module);
  }

  private static PtNDArray convolution(Module.Convolution conv, PtNDArray x, PtNDArray weight) {
    Shape stride = new Shape(conv.stride(), conv.stride());
    Shape padding = new Shape(conv.kernel() / 2, conv.kernel() / 2);
    return JniUtils.convolution(x, weight, null, stride, padding, UNDILATED, 1);
  }

  private PtNDArray batchNormalization(
      Node node, Module.Normalization norm, PtNDArray x, boolean training) {
    String name = node.name();
    boolean affine = norm.layer().affine();
    // DJL's parameter names say scale and bias first; its native code takes the statistics first.
    return JniUtils.batchNorm(
        x,
        inputs.get(name + MEAN),
        inputs.get(name + VARIANCE),
        inputs.get(name + (affine ? Layout.SCALE : ONES)),
        inputs.get(name + (affine ? Layout.BIAS : ZEROS)),
        training,
        1,
        epsilons.get(name));
  }

  /** Layer normalisation of each group of channels, then the affine part. */
  private PtNDArray groupNormalization(Node node, Module.Normalization norm, PtNDArray x) {
    String name = node.name();
    Shape shape = x.getShape();
    NDArray groups = x.reshape(shape.get(0), norm.layer().groupsOf(norm.channels()), -1);
    NDArray normalized =
        JniUtils.layerNorm(
            (PtNDArray) groups,
            new Shape(groups.getShape().get(2)),
            inputs.get(name + ONES),
            inputs.get(name + ZEROS),
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

  @Override
  public Examples examples(float[] images, int[] labels) {
    var input = architecture.input();
    Shape shape = new Shape(labels.length, input.channels(), input.height(), input.width());
    long[] classes = Arrays.stream(labels).asLongStream().toArray();
    NDArray floats = manager.create(staged(images), shape, DataType.FLOAT32);
    if (precision == Precision.FLOAT32) {
      return new Examples(floats, manager.create(classes));
    }
    try (floats) {
      return new Examples(floats.toType(precision.dataType(), true), manager.create(classes));
    }
  }

  @Override
  public void copy(NDArray from, NDArray to) {
    // Not set(buffer): that would make the array forget the memory it shares with its views.
    JniUtils.indexSet(
        (PtNDArray) to, (PtNDArray) from, new long[] {0}, to.getShape().getShape(), new long[] {1});
  }

  @Override
  public void close() {
    manager.close();
  }

  /** A part of a flat array in a tensor's shape, sharing its memory. */
  private static PtNDArray view(PtNDArray flat, Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    try (PtNDArray slice = JniUtils.slice(flat, 0, tensor.offset(), tensor.end(), 1);
        PtNDArray shaped = JniUtils.reshape(slice, shape)) {
      return JniUtils.detachGradient(shaped);
    }
  }
}
