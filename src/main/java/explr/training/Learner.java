package explr.training;

import ai.djl.ndarray.NDArray;
import explr.data.Batch;
import explr.data.Batches;
import explr.engine.Examples;
import explr.engine.Network;
import explr.engine.Values;
import explr.network.Initialization;
import explr.network.Tensor;
import explr.schedule.Rates;

/**
 * A network under training: the state of a run on a device, and single steps of momentum SGD in the
 * paper's form (Li &amp; Arora 2020, Definition 1.2), as {@link Rates} states it.
 *
 * <p>DJL's and MXNet's own optimizers keep the learning rate inside the buffer, which computes
 * something else as soon as the rate changes.
 *
 * <p>Running statistics follow r ← (0.9 r + 0.1 b) s after each step, b being the batch's and s the
 * growth P_{t+1} / P_t of the weights (its square for variances): activations of degree one grow
 * with the weights, and an average over the past would lag behind them. With weight decay s = 1.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Learner implements AutoCloseable {

  private static final double STATISTICS_MOMENTUM = 0.9;

  private final Network network;
  private final NDArray buffer;
  private final NDArray means;
  private final NDArray variances;
  private long iteration;

  /** A run at its start: weights as given, empty buffer, means 0 and variances 1. */
  public Learner(Network network, Initialization start) {
    this.network = network;
    buffer = network.weights().zerosLike();
    means = network.batchMeans().zerosLike();
    variances = network.batchMeans().onesLike();
    put(start.weights(), network.weights());
    network.setFixedWeights(start.fixed());
  }

  /** The number of steps taken. */
  public long iteration() {
    return iteration;
  }

  /** Takes step t = {@link #iteration}. */
  Outcome step(Rates rates, Batch batch) {
    double rate = learningRate(rates);
    NDArray logits;
    try (Examples examples = network.examples(batch.images(), batch.labels())) {
      logits = network.differentiate(examples);
    }
    correctBuffer(rates.correction(iteration), rate);
    updateWeights(rate, rates.momentum(iteration), rates.weightDecay(iteration));
    updateStatistics(Math.exp(rates.logScale(iteration + 1) - rates.logScale(iteration)));
    iteration++;
    return new Outcome(logits, zeroIfFinite(), batch.labels().clone());
  }

  /**
   * The loss does not tell: a ReLU may turn what is not a number into 0, and an infinite variance
   * normalises every activation to 0.
   */
  private NDArray zeroIfFinite() {
    try (NDArray weightZeros = network.weights().mul(0);
        NDArray weights = weightZeros.sum();
        NDArray varianceZeros = variances.mul(0);
        NDArray statistics = varianceZeros.sum()) {
      return weights.add(statistics);
    }
  }

  private double learningRate(Rates rates) {
    return BinaryRate.ofLogarithm(rates.logLearningRate(iteration)).value();
  }

  private void correctBuffer(double correction, double rate) {
    if (correction != 0) {
      addScaled(buffer, network.weights(), correction / rate);
    }
  }

  private void updateWeights(double rate, double momentum, double weightDecay) {
    buffer.muli(momentum).addi(network.gradient());
    if (weightDecay != 0) {
      addScaled(buffer, network.weights(), weightDecay);
    }
    addScaled(network.weights(), buffer, -rate);
  }

  private void updateStatistics(double growth) {
    move(means, network.batchMeans(), growth);
    move(variances, network.batchVariances(), growth * growth);
  }

  private static void move(NDArray running, NDArray batch, double factor) {
    running.muli(STATISTICS_MOMENTUM * factor);
    addScaled(running, batch, (1 - STATISTICS_MOMENTUM) * factor);
  }

  private static void addScaled(NDArray to, NDArray what, double factor) {
    try (NDArray scaled = what.mul(factor)) {
      to.addi(scaled);
    }
  }

  /** The logits of a batch under the present weights and running statistics. */
  public Logits logits(Batch batch) {
    network.useStatistics(means, variances);
    try (Examples examples = network.examples(batch.images(), batch.labels());
        NDArray logits = network.evaluate(examples)) {
      return new Logits(Values.values(logits));
    }
  }

  /**
   * The scores of all images of some batches under the present weights and running statistics.
   *
   * @throws InterruptedException if the thread was interrupted; nothing has changed
   */
  public Scores evaluate(Batches batches) throws InterruptedException {
    network.useStatistics(means, variances);
    Scores total = Scores.NONE;
    float[] images = new float[batches.size() * network.imageSize()];
    int[] labels = new int[batches.size()];
    for (long i = 0; i < batches.perEpoch(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while evaluating");
      }
      batches.fill(i, images, labels);
      try (Examples examples = network.examples(images, labels);
          NDArray logits = network.evaluate(examples)) {
        total = total.plus(Scores.of(Values.values(logits), labels, batches.valid(i)));
      }
    }
    return total;
  }

  /** The values of one trainable tensor. */
  public double[] weight(String name) {
    Tensor tensor = network.layout().weight(name);
    try (NDArray part = network.weights().get("{}:{}", tensor.offset(), tensor.end())) {
      return Values.values(part);
    }
  }

  /** The whole state, copied. */
  public State state() {
    return new State(
        iteration,
        network.precision(),
        Values.values(network.weights()),
        Values.values(buffer),
        Values.values(means),
        Values.values(variances));
  }

  /** Goes on from a state, exactly. */
  public void restore(State state) {
    if (state.precision() != network.precision()
        || state.weights().length != network.layout().weightCount()
        || state.means().length != network.layout().statisticCount()) {
      throw new IllegalArgumentException(
          "a state of %d %s weights and %d statistics does not fit this network of %d %s weights and %d statistics"
              .formatted(
                  state.weights().length,
                  state.precision(),
                  state.means().length,
                  network.layout().weightCount(),
                  network.precision(),
                  network.layout().statisticCount()));
    }
    iteration = state.iteration();
    put(state.weights(), network.weights());
    put(state.buffer(), buffer);
    put(state.means(), means);
    put(state.variances(), variances);
  }

  private void put(double[] values, NDArray to) {
    try (NDArray array = Values.of(network.manager(), network.precision(), values, values.length)) {
      network.copy(array, to);
    }
  }

  /** The first weights or statistics that hold what is not a finite number, or "". */
  String firstNotFinite() {
    double[] weights = Values.values(network.weights());
    for (Tensor tensor : network.layout().trainable()) {
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        if (!Double.isFinite(weights[i])) {
          return "the weights of " + tensor.name();
        }
      }
    }
    double[] statistics = Values.values(variances);
    for (Tensor tensor : network.layout().statistics()) {
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        if (!Double.isFinite(statistics[i])) {
          return "the variance of what " + tensor.name() + " normalises";
        }
      }
    }
    return "";
  }

  @Override
  public void close() {
    network.close();
  }
}
