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
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import explr.network.Architecture;
import explr.network.Node;
import explr.network.Tensor;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network as one MXNet graph that is planned once and then run as a whole.
 *
 * <p>Weights, gradients and statistics of the graph are views into flat arrays, so that the
 * optimizer needs a handful of operations instead of a handful for each layer.
 */
final class MxNetwork extends FlatNetwork<MxNDArray> {

  private static final MxnetLibrary MXNET = LibUtils.loadLibrary();
  private static final int WRITE = 1;

  /** Fair, so that two runs in one process both make progress. */
  private static final Lock COMPUTING = new ReentrantLock(true);

  private final Map<String, MxNDArray> inputs = new HashMap<>();
  private double[] epsilons;
  private Operation training;
  private Operation evaluation;

  MxNetwork(Architecture architecture, NDManager manager, Precision precision, double[] epsilons) {
    super(architecture, manager, precision);
    for (Tensor tensor : layout.trainable()) {
      MxNDArray weight = view(weights, tensor);
      markTrainable(weight, view(gradient, tensor));
      inputs.put(tensor.name() + MxGraph.WEIGHT, weight);
    }
    for (Tensor tensor : layout.fixed()) {
      inputs.put(tensor.name() + MxGraph.WEIGHT, view(fixed, tensor));
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
    setEpsilons(epsilons);
  }

  @Override
  public void setEpsilons(double... epsilons) {
    checkEpsilons(epsilons);
    closeOperations();
    this.epsilons = epsilons.clone();
  }

  @Override
  public Lock computing() {
    return COMPUTING;
  }

  @Override
  public NDArray differentiate(Examples batch) {
    if (training == null) {
      training = new Operation(MxGraph.training(architecture, epsilons));
    }
    COMPUTING.lock();
    try {
      MxNDArray[] outputs = run(training, batch, true);
      try (MxNDArray loss = outputs[0]) {
        JnaUtils.autogradBackward(new NDList(loss), 0);
      }
      return outputs[1];
    } finally {
      COMPUTING.unlock();
    }
  }

  @Override
  public NDArray evaluate(Examples batch) {
    if (evaluation == null) {
      evaluation = new Operation(MxGraph.evaluation(architecture, epsilons));
    }
    // In training mode, though nothing is recorded: out of it oneDNN reorders the weights where
    // they lie, which views into a flat array do not allow.
    COMPUTING.lock();
    try {
      return run(evaluation, batch, false)[0];
    } finally {
      COMPUTING.unlock();
    }
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
  public Examples examples(float[] images, int[] labels) {
    var input = architecture.input();
    Shape shape = new Shape(labels.length, input.channels(), input.height(), input.width());
    // MXNet's pick takes labels of the number type of the logits.
    float[] classes = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      classes[i] = labels[i];
    }
    NDArray floats = manager.create(shape, DataType.FLOAT32);
    floats.set(staged(images).asFloatBuffer());
    return new Examples(typed(floats), typed(manager.create(classes)));
  }

  private NDArray typed(NDArray floats) {
    if (precision.dataType() == DataType.FLOAT32) {
      return floats;
    }
    try (floats) {
      return floats.toType(precision.dataType(), true);
    }
  }

  @Override
  public void copy(NDArray from, NDArray to) {
    from.copyTo(to);
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
      training = null;
    }
    if (evaluation != null) {
      evaluation.close();
      evaluation = null;
    }
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
    return mxManager().create(shaped.getValue());
  }

  private MxNDManager mxManager() {
    return (MxNDManager) manager;
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
      symbol = Symbol.loadJson(mxManager(), json);
      names = List.of(symbol.getAllNames());
      PointerByReference created = new PointerByReference();
      String[] keys = {"data_indices", "param_indices", "static_alloc", "static_shape"};
      String[] values = {indices(true), indices(false), "1", "1"};
      JnaUtils.checkCall(
          MXNET.MXCreateCachedOpEx(symbol.getHandle(), keys.length, keys, values, created));
      handle = created.getValue();
    }

    private String indices(boolean data) {
      List<Integer> indices = new ArrayList<>();
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
      return JnaUtils.cachedOpInvoke(mxManager(), handle, arguments);
    }

    @Override
    public void close() {
      JnaUtils.freeCachedOp(handle);
      symbol.close();
    }
  }
}
