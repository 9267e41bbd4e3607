package explr.benchmark;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Algorithms;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Node;
import explr.network.PreResNet;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.training.Task;
import java.util.List;
import java.util.Locale;

/**
 * What is trained, and where; the same for all variants that are compared.
 *
 * @param depth of the paper's PreResNet, 6n + 2
 * @param width a factor on its channels, ≥ 1
 * @param batchSize images in a batch, ≥ 1
 * @param precision the number type
 * @param threads of an operation, ≥ 1
 * @param device {@code cpu} or {@code gpu:N}
 * @param algorithms how a GPU's algorithms are chosen
 */
public record Workload(
    int depth,
    int width,
    int batchSize,
    Precision precision,
    int threads,
    String device,
    Algorithms algorithms) {

  private static final String CPU = "cpu";

  /** Multiplications and additions of the way forward, and as many again for each gradient. */
  private static final double OPERATIONS_PER_PRODUCT = 2 * 3;

  /** Longer than any measurement. */
  private static final long ITERATIONS = 1_000_000_000;

  private static final double LEARNING_RATE = 0.1;
  private static final double WEIGHT_DECAY = 5e-4;
  private static final double MOMENTUM = 0.9;

  /** Refuses sizes of which no network or batch can be made. */
  public Workload {
    PreResNet.of(depth, width);
    if (batchSize < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "a batch has at least one image and a step at least one thread, not %d and %d"
              .formatted(batchSize, threads));
    }
  }

  /** On a CPU. */
  public Workload(int depth, int width, int batchSize, Precision precision, int threads) {
    this(depth, width, batchSize, precision, threads, CPU, Algorithms.DETERMINISTIC);
  }

  /** The paper's network and batch. */
  public static Workload ofThePaper(Precision precision, int threads) {
    return new Workload(32, 1, Task.BATCH_SIZE, precision, threads);
  }

  /** The paper's rates at their start: learning rate 0.1, weight decay 5e-4, momentum 0.9. */
  static Rates rates() {
    return rates(ITERATIONS);
  }

  /** The same for so many iterations. */
  static Rates rates(long iterations) {
    return Recipe.of(LEARNING_RATE, WEIGHT_DECAY, MOMENTUM, iterations);
  }

  Architecture architecture() {
    return PreResNet.of(depth, width);
  }

  /**
   * The images: on a CPU the embedded sample, on a GPU the sample repeated to the size of CIFAR-10.
   */
  Dataset data() {
    Dataset sample = EmbeddedSample.load();
    return onGpu() ? RepeatedImages.ofThePapersSize(sample) : sample;
  }

  /** The task of seed 0 on an engine. */
  Task task(Dataset data, EngineName engine) {
    return Task.of(architecture(), data)
        .withBatchSize(batchSize)
        .on(new Backend(engine, device, precision, threads, algorithms));
  }

  /** Whether a GPU trains it. */
  boolean onGpu() {
    return !device.equals(CPU);
  }

  /**
   * Floating point operations of a training step, in 10⁹ an image: those of convolutions and linear
   * layers, each taken three times (forward, gradient of the input, gradient of the weights).
   */
  double gigaflopsPerImage() {
    double products = 0;
    Architecture net = architecture();
    for (Node node : net.nodes()) {
      if (node.layer() instanceof Layer.Convolution conv) {
        double each = (double) conv.inputChannels() * conv.kernel() * conv.kernel();
        products += each * node.shape().stream().reduce(1, Math::multiplyExact);
      } else if (node.layer() instanceof Layer.Linear linear) {
        products += (double) linear.inputs() * linear.outputs();
      }
    }
    return OPERATIONS_PER_PRODUCT * products / 1e9;
  }

  /** Floating point operations of a training step, in 10⁹. */
  double gigaflopsPerStep() {
    return gigaflopsPerImage() * batchSize;
  }

  /** The same with another number type. */
  Workload in(Precision other) {
    return new Workload(depth, width, batchSize, other, threads, device, algorithms);
  }

  /** The same on another device. */
  public Workload on(String other) {
    return new Workload(depth, width, batchSize, precision, threads, other, algorithms);
  }

  /** The same with other algorithms. */
  Workload with(Algorithms other) {
    return new Workload(depth, width, batchSize, precision, threads, device, other);
  }

  /** For the reader, without the number type. */
  String title() {
    return architecture().name() + ", batch " + batchSize + ", threads " + threads;
  }

  /** What {@link #parse} reads. */
  List<String> arguments() {
    return List.of(
        Integer.toString(depth),
        Integer.toString(width),
        Integer.toString(batchSize),
        precision.label(),
        Integer.toString(threads),
        device,
        algorithms.label());
  }

  static Workload parse(List<String> arguments) {
    return new Workload(
        Integer.parseInt(arguments.get(0)),
        Integer.parseInt(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        Precision.valueOf(arguments.get(3).toUpperCase(Locale.ROOT)),
        Integer.parseInt(arguments.get(4)),
        arguments.get(5),
        Algorithms.valueOf(arguments.get(6).toUpperCase(Locale.ROOT)));
  }
}
