package explr.benchmark;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import explr.data.Batch;
import explr.data.BatchStream;
import explr.engine.Precision;
import explr.engine.Values;
import explr.network.Initialization;
import explr.network.Layout;
import explr.network.Tensor;
import explr.schedule.Rates;
import explr.training.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paper's network as a DJL user would build it, of DJL's blocks, trained by DJL's Trainer and
 * its momentum SGD. For comparison only: that optimizer keeps the rate inside its buffer.
 */
final class BlocksStepper implements Stepper {

  private static final int[] CHANNELS = {16, 32, 64};
  private static final int CLASSES = 10;

  private final Workload workload;
  private final Map<String, Tensor> tensors;
  private final Initialization start;
  private final BatchStream batches;
  private final Model model;
  private final Trainer trainer;

  BlocksStepper(Workload workload, Task task) {
    this.workload = workload;
    if (workload.precision() != Precision.FLOAT32) {
      throw new IllegalArgumentException(
          "DJL's Trainer is compared in float32 alone, not in "
              + workload.precision().name().toLowerCase(Locale.ROOT));
    }
    String engine = task.backend().engine().displayName();
    // Without it DJL also loads the first engine of the class path.
    System.setProperty("ai.djl.default_engine", engine);
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(workload.threads()));
    Layout layout = Layout.of(task.architecture());
    tensors =
        Stream.concat(layout.trainable().stream(), layout.fixed().stream())
            .collect(Collectors.toMap(Tensor::name, Function.identity()));
    start = Initialization.of(layout, task.seed());
    batches = BatchStream.of(task.trainingBatches(), 0);
    model = Model.newInstance("PreResNet", Device.cpu(), engine);
    model.setBlock(network());
    trainer = model.newTrainer(configuration(Workload.rates()));
    trainer.initialize(images(task));
  }

  private static DefaultTrainingConfig configuration(Rates rates) {
    Optimizer sgd =
        Optimizer.sgd()
            .setLearningRateTracker(Tracker.fixed((float) rates.learningRate(0)))
            .optMomentum((float) rates.momentum(0))
            .optWeightDecays((float) rates.weightDecay(0))
            .build();
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(sgd)
        .optDevices(new Device[] {Device.cpu()});
  }

  private Shape images(Task task) {
    var input = task.architecture().input();
    return new Shape(workload.batchSize(), input.channels(), input.height(), input.width());
  }

  private Block network() {
    SequentialBlock net = new SequentialBlock();
    net.add(convolution("conv", CHANNELS[0] * workload.width(), 3, 1));
    for (int stage = 1; stage <= CHANNELS.length; stage++) {
      for (int block = 1; block <= (workload.depth() - 2) / 6; block++) {
        addBlock(net, stage, block);
      }
    }
    Linear classifier = Linear.builder().setUnits(CLASSES).optBias(false).build();
    startFrom(classifier, "classifier");
    classifier.freezeParameters(true);
    return net.add(normalization())
        .add(Activation.reluBlock())
        .add(Pool.globalAvgPool2dBlock())
        .add(classifier);
  }

  private void addBlock(SequentialBlock net, int stage, int block) {
    String name = "stage" + stage + ".block" + block;
    int channels = CHANNELS[stage - 1] * workload.width();
    boolean changesShape = stage > 1 && block == 1;
    int stride = changesShape ? 2 : 1;
    SequentialBlock main = new SequentialBlock();
    // Where the shape changes, the shortcut reads the normalised input too.
    SequentialBlock head = changesShape ? net : main;
    head.add(normalization()).add(Activation.reluBlock());
    main.add(convolution(name + ".conv1", channels, 3, stride))
        .add(normalization())
        .add(Activation.reluBlock())
        .add(convolution(name + ".conv2", channels, 3, 1));
    Block shortcut =
        changesShape
            ? convolution(name + ".shortcut", channels, 1, stride)
            : Blocks.identityBlock();
    net.add(new ParallelBlock(BlocksStepper::sum, List.of(main, shortcut)));
  }

  private static NDList sum(List<NDList> branches) {
    return new NDList(branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow()));
  }

  private static Block normalization() {
    return BatchNorm.builder().optScale(false).optCenter(false).build();
  }

  private Block convolution(String name, int channels, int kernel, int stride) {
    Conv2d block =
        Conv2d.builder()
            .setFilters(channels)
            .setKernelShape(new Shape(kernel, kernel))
            .optStride(new Shape(stride, stride))
            .optPadding(new Shape(kernel / 2, kernel / 2))
            .optBias(false)
            .build();
    startFrom(block, name);
    return block;
  }

  /** Lets a block's weights start where this project's network of that name does. */
  private void startFrom(Block block, String name) {
    Tensor tensor = tensors.get(name);
    double[] all = tensor.role() == Tensor.Role.MATRIX ? start.fixed() : start.weights();
    double[] values = Arrays.copyOfRange(all, tensor.offset(), tensor.end());
    block.setInitializer(
        (manager, shape, type) ->
            Values.of(manager, workload.precision(), values, shape.getShape()),
        Parameter.Type.WEIGHT);
  }

  @Override
  public double step() throws InterruptedException {
    Batch batch = batches.next();
    try (NDManager step = trainer.getManager().newSubManager()) {
      NDList images = new NDList(images(step, batch));
      NDList labels = new NDList(labels(step, batch));
      NDArray loss;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(images, labels);
        loss = trainer.getLoss().evaluate(labels, logits);
        gradients.backward(loss);
      }
      trainer.step();
      return Values.values(loss)[0];
    }
  }

  private static NDArray images(NDManager step, Batch batch) {
    return step.create(batch.images(), new Shape(batch.size(), 3, 32, 32));
  }

  /** MXNet's pick takes labels of the number type of the logits, PyTorch's gather whole numbers. */
  private NDArray labels(NDManager step, Batch batch) {
    boolean whole = model.getNDManager().getEngine().getEngineName().equals("PyTorch");
    return step.create(batch.labels()).toType(whole ? DataType.INT64 : DataType.FLOAT32, false);
  }

  @Override
  public String version() {
    Engine engine = model.getNDManager().getEngine();
    return "DJL "
        + Engine.getDjlVersion()
        + " on "
        + engine.getEngineName()
        + " "
        + engine.getVersion();
  }

  @Override
  public void close() {
    batches.close();
    trainer.close();
    model.close();
  }
}
