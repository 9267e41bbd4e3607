package explr.training;

import explr.data.Batches;
import explr.data.Dataset;
import explr.engine.Backend;
import explr.engine.Network;
import explr.network.Architecture;
import explr.network.Homogeneity;
import explr.network.Initialization;
import explr.network.Layout;
import explr.optimizer.Optimizer;
import explr.schedule.Epochs;
import java.util.List;

/**
 * What is trained on what and where: everything of a run but the rates that drive it.
 *
 * <pre>{@code
 * Task task = Task.of(PreResNet.depth(32), EmbeddedSample.load()).withBatchSize(32).withSeed(7);
 * }</pre>
 *
 * @param architecture the network
 * @param data what it is trained and tested on
 * @param batchSize images in a batch, 1 to the number of training images
 * @param seed decides the random start, the order of the images and their augmentation
 * @param backend engine, device, number type, threads
 * @param epsilon what normalisations add to the variance, &gt; 0
 * @param guarded whether the range guard may keep growing weights at another scale, which changes
 *     no bit of what they compute and lets a run continue beyond the range of its numbers
 * @param optimizer what trains it
 * @param probe what is measured, and how often; at most once an iteration
 */
public record Task(
    Architecture architecture,
    Dataset data,
    int batchSize,
    long seed,
    Backend backend,
    double epsilon,
    boolean guarded,
    Optimizer optimizer,
    Probe probe) {

  /** The paper's batch size. */
  public static final int BATCH_SIZE = 128;

  /** The usual ε of batch normalisation. */
  public static final double EPSILON = 1e-5;

  /** Test images are evaluated in batches of this size; on a GPU, which is faster in large ones. */
  private static final int EVALUATION_BATCH = 200;

  private static final int EVALUATION_BATCH_ON_GPU = 1000;

  /** Refuses a batch size or ε out of range and weights that do not exist. */
  public Task {
    if (batchSize < 1 || batchSize > data.train().size()) {
      throw new IllegalArgumentException(
          "the batch size must lie between 1 and the %d training images, not at %d"
              .formatted(data.train().size(), batchSize));
    }
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new IllegalArgumentException("epsilon must lie between 0 and 1, not at " + epsilon);
    }
    long iterations = Epochs.ofImages(data.train().size(), batchSize).iterationsEach();
    if (probe.perEpoch() > iterations) {
      throw new IllegalArgumentException(
          "an epoch of %d iterations cannot be measured %d times"
              .formatted(iterations, probe.perEpoch()));
    }
    Layout layout = Layout.of(architecture);
    probe.watched().forEach(layout::weight);
  }

  /** The paper's choices on this machine: batches of 128, seed 0, the default backend. */
  public static Task of(Architecture architecture, Dataset data) {
    return new Task(
        architecture,
        data,
        Math.min(BATCH_SIZE, data.train().size()),
        0,
        Backend.auto(),
        EPSILON,
        true,
        new Optimizer.Momentum(),
        Probe.of(architecture));
  }

  /**
   * The same with another network, of which what {@link Probe#of(Architecture)} says is watched.
   */
  public Task with(Architecture other) {
    Probe another = Probe.of(other).times(probe.perEpoch());
    return new Task(other, data, batchSize, seed, backend, epsilon, guarded, optimizer, another);
  }

  /** The same with other images. */
  public Task withData(Dataset other) {
    return new Task(
        architecture, other, batchSize, seed, backend, epsilon, guarded, optimizer, probe);
  }

  /** The same with another batch size. */
  public Task withBatchSize(int other) {
    return new Task(architecture, data, other, seed, backend, epsilon, guarded, optimizer, probe);
  }

  /** The same with another seed. */
  public Task withSeed(long other) {
    return new Task(
        architecture, data, batchSize, other, backend, epsilon, guarded, optimizer, probe);
  }

  /** The same elsewhere. */
  public Task on(Backend other) {
    return new Task(architecture, data, batchSize, seed, other, epsilon, guarded, optimizer, probe);
  }

  /** The same with another ε. */
  public Task withEpsilon(double other) {
    return new Task(architecture, data, batchSize, seed, backend, other, guarded, optimizer, probe);
  }

  /** The same trained by another optimizer. */
  public Task with(Optimizer other) {
    return new Task(architecture, data, batchSize, seed, backend, epsilon, guarded, other, probe);
  }

  /** The same without the range guard. */
  public Task unguarded() {
    return new Task(architecture, data, batchSize, seed, backend, epsilon, false, optimizer, probe);
  }

  /** The same with other weights watched. */
  public Task watching(String... names) {
    return new Task(
        architecture,
        data,
        batchSize,
        seed,
        backend,
        epsilon,
        guarded,
        optimizer,
        new Probe(List.of(names), probe.perEpoch()));
  }

  /**
   * The same measured so many times an epoch, after equal numbers of iterations as far as can be.
   */
  public Task measured(int timesAnEpoch) {
    return new Task(
        architecture,
        data,
        batchSize,
        seed,
        backend,
        epsilon,
        guarded,
        optimizer,
        probe.times(timesAnEpoch));
  }

  /** The weights whose norm and angle are measured. */
  public List<String> watched() {
    return probe.watched();
  }

  /** Turns epochs of this task into iterations. */
  public Epochs epochs() {
    return Epochs.ofImages(data.train().size(), batchSize);
  }

  /** The training batches, augmented and shuffled by the seed. */
  public Batches trainingBatches() {
    return Batches.training(data, batchSize, seed);
  }

  /** The test images in their order. */
  public Batches testBatches() {
    int size = backend.onGpu() ? EVALUATION_BATCH_ON_GPU : EVALUATION_BATCH;
    return Batches.evaluation(
        data.test(), data.normalization(), Math.min(size, data.test().size()));
  }

  /**
   * A learner at the random start that the seed decides.
   *
   * <p>If the architecture is not certified scale invariant, it takes what is normalised to be of
   * degree 0: then it must not be driven by a twin, nor guarded.
   */
  public Learner learner() {
    Homogeneity certificate = Homogeneity.of(architecture);
    int[] none = new int[architecture.normalizations().size()];
    return learner(
        certificate.scaleInvariant() ? Degrees.of(certificate) : Degrees.of(architecture, none));
  }

  /** A learner that takes what is normalised to be of these degrees. */
  Learner learner(Degrees degrees) {
    Network network = backend.open(architecture, batchSize, epsilon);
    try {
      Initialization start = Initialization.of(network.layout(), seed);
      Update update = Update.of(optimizer, network.layout());
      return new Learner(network, start, degrees, update, epsilon);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }
}
