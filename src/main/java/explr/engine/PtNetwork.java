package explr.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import explr.network.Architecture;
import explr.network.Layout;
import explr.network.Module;
import explr.network.Node;
import explr.network.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network on PyTorch's C++ library, whose operators run one by one and record their own way back.
 */
final class PtNetwork implements Network {

  private static final Shape UNDILATED = new Shape(1, 1);

  private final Architecture architecture;
  private final Layout layout;
  private final NDManager manager;
  private final Precision precision;
  private final PtNDArray weights;
  private final PtNDArray gradient;
  private final PtNDArray fixed;
  private final PtNDArray means;
  private final PtNDArray variances;
  private final PtNDArray unbiasedToBiased;
  private final Map<String, PtNDArray> trainable = new LinkedHashMap<>();
  private final Map<String, PtNDArray> inputs = new HashMap<>();
  private double epsilon;

  PtNetwork(
      Architecture architecture,
      NDManager manager,
      Precision precision,
      int batchSize,
      double epsilon) {
    this.architecture = architecture;
    this.layout = Layout.of(architecture);
    this.manager = manager;
    this.precision = precision;
    weights = zeros(layout.weightCount());
    gradient = zeros(layout.weightCount());
    fixed = zeros(layout.fixedCount());
    means = zeros(layout.statisticCount());
    variances = zeros(layout.statisticCount());
    unbiasedToBiased =
        (PtNDArray)
            Values.of(manager, precision, unbiasedToBiased(batchSize), layout.statisticCount());
    for (Tensor tensor : layout.trainable()) {
      trainable.put(tensor.name(), view(weights, tensor));
    }
    for (Tensor tensor : layout.fixed()) {
      inputs.put(tensor.name(), view(fixed, tensor));
    }
    for (Tensor tensor : layout.statistics()) {
      inputs.put(tensor.name() + ".mean", view(means, tensor));
      inputs.put(tensor.name() + ".variance", view(variances, tensor));
      inputs.put(tensor.name() + ".scale", (PtNDArray) zeros(tensor.size()).addi(1));
      inputs.put(tensor.name() + ".bias", zeros(tensor.size()));
    }
    inputs.putAll(trainable);
    setEpsilon(epsilon);
  }

  /** PyTorch divides a batch's variance by n − 1 when it stores it, by n when it normalises. */
  private double[] unbiasedToBiased(int batchSize) {
    double[] factors = new double[layout.statisticCount()];
    int next = 0;
    for (Node node : architecture.nodes()) {
      if (node.module() instanceof Module.BatchNormalization norm) {
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
  public void setEpsilon(double epsilon) {
    this.epsilon = epsilon;
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
      PtNDArray part = JniUtils.getGradient(leaves[i]);
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
      values[node.index()] = node(node, values, images, training);
    }
    return values[values.length - 1];
  }

  private PtNDArray node(Node node, PtNDArray[] values, PtNDArray images, boolean training) {
    Module module = node.module();
    if (module instanceof Module.Input) {
      return images;
    }
    PtNDArray x = values[node.inputs().get(0)];
    String name = node.name();
    if (module instanceof Module.Convolution conv) {
      Shape stride = new Shape(conv.stride(), conv.stride());
      Shape padding = new Shape(conv.kernel() / 2, conv.kernel() / 2);
      return JniUtils.convolution(x, inputs.get(name), null, stride, padding, UNDILATED, 1);
    } else if (module instanceof Module.Linear) {
      return (PtNDArray) x.matMul(transposed(inputs.get(name), x));
    } else if (module instanceof Module.BatchNormalization) {
      // DJL's parameter names say scale and bias first; its native code takes the statistics first.
      return JniUtils.batchNorm(
          x,
          inputs.get(name + ".mean"),
          inputs.get(name + ".variance"),
          inputs.get(name + ".scale"),
          inputs.get(name + ".bias"),
          training,
          1,
          epsilon);
    } else if (module instanceof Module.Add) {
      return (PtNDArray) x.add(values[node.inputs().get(1)]);
    } else if (module instanceof Module.Relu) {
      return JniUtils.relu(x);
    } else if (module instanceof Module.GlobalAveragePool) {
      Shape shape = x.getShape();
      return (PtNDArray) x.reshape(shape.get(0), shape.get(1), -1).mean(new int[] {2});
    }
    throw new AssertionError("no PyTorch operator for " + module);
  }

  private static NDArray transposed(PtNDArray weight, PtNDArray x) {
    NDArray result = weight.transpose();
    result.attach(x.getManager());
    return result;
  }

  @Override
  public void useStatistics(NDArray means, NDArray variances) {
    copy(means, this.means);
    copy(variances, this.variances);
  }

  @Override
  public Examples examples(float[] images, int[] labels) {
    var input = architecture.input();
    Shape shape = new Shape(labels.length, input.channels(), input.height(), input.width());
    long[] classes = java.util.Arrays.stream(labels).asLongStream().toArray();
    NDArray floats = manager.create(images, shape);
    if (precision == Precision.FLOAT32) {
      return new Examples(floats, manager.create(classes));
    }
    try (floats) {
      return new Examples(floats.toType(precision.dataType(), true), manager.create(classes));
    }
  }

  @Override
  public void setFixedWeights(double[] values) {
    try (NDArray array = Values.of(manager, precision, values, values.length)) {
      copy(array, fixed);
    }
  }

  @Override
  public void copy(NDArray from, NDArray to) {
    // Not set(buffer): that would make the array forget the memory it shares with its views.
    JniUtils.indexSet(
        (PtNDArray) to, (PtNDArray) from, new long[] {0}, to.getShape().getShape(), new long[] {1});
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public int imageSize() {
    return architecture.input().values();
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public NDArray weights() {
    return weights;
  }

  @Override
  public NDArray gradient() {
    return gradient;
  }

  @Override
  public NDArray batchMeans() {
    return means;
  }

  @Override
  public NDArray batchVariances() {
    return variances;
  }

  @Override
  public void close() {
    manager.close();
  }

  private PtNDArray zeros(int size) {
    return (PtNDArray) manager.zeros(new Shape(size), precision.dataType());
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
