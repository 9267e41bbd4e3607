package explr.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Node;
import explr.network.NormLayer;
import explr.network.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network on PyTorch's C++ library: the operators of a {@link PtGraph} record their own way back.
 *
 * <p>On a GPU programs are captured as CUDA graphs, and images and the kernels of convolutions lie
 * in memory with channels last where that is faster; see {@link TorchDevice}.
 */
final class PtNetwork extends FlatNetwork<PtNDArray> {

  private final PtNDArray unbiasedToBiased;
  private final Optional<ChannelsLast> channelsLast;
  private final TorchDevice device;
  private final List<CapturedProgram> programs = new ArrayList<>();
  private final Map<String, PtNDArray> trainable = new LinkedHashMap<>();
  private final Map<String, PtNDArray> inputs = new HashMap<>();
  private final Map<String, Double> epsilons = new HashMap<>();
  private final PtGraph graph;

  /** PyTorch allows several threads, so no other network waits for this one. */
  private final Lock computing = new ReentrantLock();

  /**
   * A network whose weights are 0.
   *
   * @param device how it uses its device
   */
  PtNetwork(
      Architecture architecture,
      NDManager manager,
      Precision precision,
      int batchSize,
      double[] epsilons,
      TorchDevice device) {
    super(architecture, manager, precision);
    this.device = device;
    channelsLast =
        device.channelsLast() ? Optional.of(ChannelsLast.of(layout.trainable())) : Optional.empty();
    graph = new PtGraph(architecture, inputs, this.epsilons);
    double[] factors = unbiasedToBiased(batchSize);
    unbiasedToBiased = (PtNDArray) Values.of(manager, precision, factors, factors.length);
    for (Tensor tensor : layout.trainable()) {
      trainable.put(tensor.name(), weightView(tensor));
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
      boolean none = channelsLast.isPresent() && isBatch((Layer.Normalization) node.layer());
      inputs.put(node.name() + ONES, none ? absent() : filled(size, 1));
      inputs.put(node.name() + ZEROS, none ? absent() : filled(size, 0));
    }
    inputs.putAll(trainable);
    setEpsilons(epsilons);
  }

  private static boolean isBatch(Layer.Normalization normalization) {
    return normalization.layer().kind() == NormLayer.Kind.BATCH;
  }

  /**
   * Stands for a missing scale or bias: DJL passes its handle to PyTorch, where 0 means none.
   * PyTorch then normalises a batch with its own kernels; if there is a scale, it uses cuDNN's. Its
   * own kernels make a step 1.2 % faster with channels last, and 16 % slower otherwise (captured,
   * TF32, H200).
   */
  private PtNDArray absent() {
    PtNDArray array = new PtNDArray((PtNDManager) manager, 0);
    array.detach();
    return array;
  }

  /** PyTorch divides a batch's variance by n − 1 when it stores it, by n when it normalises. */
  private double[] unbiasedToBiased(int batchSize) {
    double[] factors = new double[Math.max(1, layout.statisticCount())];
    int next = 0;
    for (Node node : architecture.nodes()) {
      if (node.layer() instanceof Layer.Normalization norm && isBatch(norm)) {
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
    programs.forEach(CapturedProgram::recapture);
  }

  @Override
  public Program program(Runnable computation) {
    if (device.graphs().isEmpty()) {
      return super.program(computation);
    }
    programs.removeIf(CapturedProgram::closed);
    CapturedProgram program = new CapturedProgram(device.graphs().get(), computation);
    programs.add(program);
    return program;
  }

  @Override
  public void enter() {
    device.enter().run();
  }

  @Override
  public boolean channelsLast() {
    return channelsLast.isPresent();
  }

  @Override
  public double[] read(NDArray weights) {
    double[] values = super.read(weights);
    return channelsLast.map(order -> order.toLayout(values)).orElse(values);
  }

  @Override
  public double[] read(NDArray weights, Tensor tensor) {
    double[] values = super.read(weights, tensor);
    return channelsLast.isPresent() ? ChannelsLast.toLayout(tensor, values) : values;
  }

  @Override
  public void write(double[] values, NDArray weights) {
    super.write(channelsLast.map(order -> order.toDevice(values)).orElse(values), weights);
  }

  @Override
  public Lock computing() {
    return computing;
  }

  @Override
  public NDArray differentiate(Examples batch) {
    enter();
    JniUtils.setGradMode(true);
    try (NDManager step = manager.newSubManager()) {
      PtNDArray[] leaves = newLeaves(step);
      PtNDArray logits = graph.run((PtNDArray) within(step, batch.images()), true);
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
      inputs.putAll(trainable);
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
      boolean unread = graph.passesOver(layout.trainable().get(i).name());
      PtNDArray part = unread ? (PtNDArray) leaves[i].zerosLike() : JniUtils.getGradient(leaves[i]);
      part.attach(step);
      parts[i] = JniUtils.reshape(inOrderOfDevice(part), new long[] {-1});
    }
    copy(JniUtils.cat(parts, 0), gradient);
  }

  private PtNDArray inOrderOfDevice(PtNDArray kernel) {
    return channelsLast.isPresent() && kernel.getShape().dimension() == 4
        ? JniUtils.permute(kernel, ChannelsLast.TO_LAST)
        : kernel;
  }

  @Override
  public NDArray evaluate(Examples batch) {
    enter();
    try (NDManager step = manager.newSubManager()) {
      PtNDArray logits = graph.run((PtNDArray) within(step, batch.images()), false);
      logits.attach(manager);
      return logits;
    }
  }

  @Override
  public Examples examples(float[] images, int[] labels) {
    var input = architecture.input();
    Shape shape = new Shape(labels.length, input.channels(), input.height(), input.width());
    long[] classes = Arrays.stream(labels).asLongStream().toArray();
    NDArray floats = manager.create(staged(images), shape, DataType.FLOAT32);
    if (precision.dataType() != DataType.FLOAT32) {
      NDArray converted = floats.toType(precision.dataType(), true);
      floats.close();
      floats = converted;
    }
    return new Examples(inMemoryOrder(floats), manager.create(classes));
  }

  /** The images with channels last in memory where this network needs that; closes the original. */
  private NDArray inMemoryOrder(NDArray images) {
    if (channelsLast.isEmpty()) {
      return images;
    }
    try (images;
        NDArray transposed = images.transpose(0, 2, 3, 1);
        NDArray flat = transposed.flatten();
        NDArray last = flat.reshape(transposed.getShape())) {
      return last.transpose(0, 3, 1, 2);
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
    programs.forEach(CapturedProgram::close);
    manager.close();
  }

  /** A weight in its shape, sharing the memory of all weights. */
  private PtNDArray weightView(Tensor tensor) {
    if (channelsLast.isEmpty() || tensor.shape().size() != 4) {
      return view(weights, tensor);
    }
    try (PtNDArray last = view(weights, ChannelsLast.stored(tensor));
        PtNDArray permuted = JniUtils.permute(last, ChannelsLast.FROM_LAST)) {
      return JniUtils.detachGradient(permuted);
    }
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
