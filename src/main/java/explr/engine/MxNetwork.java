package explr.engine;

import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.engine.MxNDManager;
import ai.djl.mxnet.engine.Symbol;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.mxnet.jna.LibUtils;
import ai.djl.mxnet.jna.MxnetLibrary;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import explr.network.Architecture;
import explr.network.Layout;
import explr.network.Tensor;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as one MXNet graph that is planned once and then run as a whole.
 *
 * <p>Weights, gradients and statistics of the graph are views into flat arrays, so that the
 * optimizer needs a handful of operations instead of a handful for each layer.
 */
final class MxNetwork implements Network {

  private static final MxnetLibrary MXNET = LibUtils.loadLibrary();
  private static final int WRITE = 1;

  private final Architecture architecture;
  private final Layout layout;
  private final MxNDManager manager;
  private final Precision precision;
  private final Map<String, MxNDArray> inputs = new HashMap<>();
  private final MxNDArray weights;
  private final MxNDArray gradient;
  private final MxNDArray fixed;
  private final MxNDArray means;
  private final MxNDArray variances;
  private Operation training;
  private Operation evaluation;

  MxNetwork(
      Architecture architecture,
      NDManager manager,
      Precision precision,
      int batchSize,
      double epsilon) {
    this.architecture = architecture;
    this.layout = Layout.of(architecture);
    this.manager = (MxNDManager) manager;
    this.precision = precision;
    weights = zeros(layout.weightCount());
    gradient = zeros(layout.weightCount());
    fixed = zeros(Math.max(1, layout.fixedCount()));
    means = zeros(Math.max(1, layout.statisticCount()));
    variances = zeros(Math.max(1, layout.statisticCount()));
    for (Tensor tensor : layout.trainable()) {
      MxNDArray weight = view(weights, tensor);
      markTrainable(weight, view(gradient, tensor));
      inputs.put(tensor.name() + MxGraph.WEIGHT, weight);
    }
    for (Tensor tensor : layout.fixed()) {
      inputs.put(tensor.name() + MxGraph.WEIGHT, view(fixed, tensor));
    }
    for (Tensor tensor : layout.statistics()) {
      inputs.put(tensor.name() + MxGraph.MEAN, view(means, tensor));
      inputs.put(tensor.name() + MxGraph.VARIANCE, view(variances, tensor));
      inputs.put(tensor.name() + MxGraph.SCALE, constant(tensor, 1));
      inputs.put(tensor.name() + MxGraph.BIAS, constant(tensor, 0));
    }
    setEpsilon(epsilon);
  }

  @Override
  public void setEpsilon(double epsilon) {
    closeOperations();
    training = new Operation(MxGraph.training(architecture, epsilon));
    evaluation = new Operation(MxGraph.evaluation(architecture, epsilon));
  }

  @Override
  public NDArray differentiate(Examples batch) {
    MxNDArray[] outputs = run(training, batch, true);
    try (MxNDArray loss = outputs[0]) {
      JnaUtils.autogradBackward(new NDList(loss), 0);
    }
    return outputs[1];
  }

  @Override
  public NDArray evaluate(Examples batch) {
    // In training mode, though nothing is recorded: out of it oneDNN reorders the weights where
    // they
    // lie, which views into a flat array do not allow.
    return run(evaluation, batch, false)[0];
  }

  private static MxNDArray[] run(Operation operation, Examples batch, boolean recording) {
    JnaUtils.autogradSetIsRecording(recording);
    JnaUtils.autogradSetTraining(true);
    try {
      return operation.run(batch);
    } finally {
      JnaUtils.autogradSetIsRecording(false);
      JnaUtils.autogradSetTraining(false);
    }
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
    // MXNet's pick takes labels of the number type of the logits.
    float[] classes = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      classes[i] = labels[i];
    }
    return new Examples(typed(manager.create(images, shape)), typed(manager.create(classes)));
  }

  private NDArray typed(NDArray floats) {
    if (precision == Precision.FLOAT32) {
      return floats;
    }
    try (floats) {
      return floats.toType(precision.dataType(), true);
    }
  }

  @Override
  public void setFixedWeights(double[] values) {
    if (values.length > 0) {
      try (NDArray array = Values.of(manager, precision, values, values.length)) {
        copy(array, fixed);
      }
    }
  }

  @Override
  public void copy(NDArray from, NDArray to) {
    from.copyTo(to);
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
    closeOperations();
    manager.close();
  }

  /** May be called twice: freeing MXNet's memory twice would corrupt the process. */
  private void closeOperations() {
    if (training != null) {
      training.close();
      evaluation.close();
      training = null;
      evaluation = null;
    }
  }

  private MxNDArray zeros(int size) {
    return (MxNDArray) manager.zeros(new Shape(size), precision.dataType());
  }

  private MxNDArray constant(Tensor tensor, int value) {
    NDArray zeros = manager.zeros(new Shape(tensor.size()), precision.dataType());
    return (MxNDArray) zeros.addi(value);
  }

  /** A part of a flat array in a tensor's shape, sharing its memory. */
  private MxNDArray view(MxNDArray flat, Tensor tensor) {
    PointerByReference slice = new PointerByReference();
    JnaUtils.checkCall(
        MXNET.MXNDArraySlice64(flat.getHandle(), tensor.offset(), tensor.end(), slice));
    long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    PointerByReference shaped = new PointerByReference();
    JnaUtils.checkCall(
        MXNET.MXNDArrayReshape64(
            slice.getValue(), shape.length, LongBuffer.wrap(shape), (byte) 0, shaped));
    JnaUtils.freeNdArray(slice.getValue());
    return manager.create(shaped.getValue());
  }

  private static void markTrainable(MxNDArray weight, MxNDArray gradient) {
    IntBuffer request = IntBuffer.allocate(1).put(0, WRITE);
    JnaUtils.autogradMarkVariables(1, weight.getHandle(), request, gradient.getHandle());
  }

  /** A graph that MXNet has planned, with memory of its own. */
  private final class Operation implements AutoCloseable {
    private final Symbol symbol;
    private final Pointer handle;
    private final List<String> names;

    Operation(String json) {
      symbol = Symbol.loadJson(manager, json);
      names = List.of(symbol.getAllNames());
      PointerByReference created = new PointerByReference();
      String[] keys = {"data_indices", "param_indices", "static_alloc", "static_shape"};
      String[] values = {indices(true), indices(false), "1", "1"};
      JnaUtils.checkCall(
          MXNET.MXCreateCachedOpEx(symbol.getHandle(), keys.length, keys, values, created));
      handle = created.getValue();
    }

    private String indices(boolean data) {
      List<Integer> indices = new java.util.ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        if (isData(names.get(i)) == data) {
          indices.add(i);
        }
      }
      return indices.toString();
    }

    private boolean isData(String name) {
      return name.equals(MxGraph.IMAGES) || name.equals(MxGraph.LABELS);
    }

    MxNDArray[] run(Examples batch) {
      MxNDArray[] arguments = new MxNDArray[names.size()];
      for (int i = 0; i < arguments.length; i++) {
        String name = names.get(i);
        arguments[i] =
            name.equals(MxGraph.IMAGES)
                ? (MxNDArray) batch.images()
                : name.equals(MxGraph.LABELS) ? (MxNDArray) batch.labels() : inputs.get(name);
      }
      return JnaUtils.cachedOpInvoke(manager, handle, arguments);
    }

    @Override
    public void close() {
      JnaUtils.freeCachedOp(handle);
      symbol.close();
    }
  }
}
