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
import java.util.Arrays;
import java.util.List;

/**
 * A network under training: the state of a run on a device, and single steps of its optimizer, by
 * default momentum SGD in the paper's form (Li &amp; Arora 2020, Definition 1.2).
 *
 * <p>DJL's and MXNet's own momentum SGD keeps the learning rate inside the buffer, which computes
 * something else as soon as the rate changes.
 *
 * <p>{@link RunningStatistics} follow the growth of the weights.
 *
 * <p>What is kept on the device is an equivalent run at a scale 2^k; see {@link State}.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Learner implements AutoCloseable {

  private final Network network;
  private final Degrees degrees;
  private final Epsilons epsilons;
  private final Update update;
  private final List<NDArray> buffers;
  private final RunningStatistics statistics;
  private int scaleExponent;
  private long iteration;

  /**
   * A run at its start: weights as given, empty buffers, means 0 and variances 1.
   *
   * @param update of its optimizer
   * @param epsilon what normalisations add to the variance, as the network was opened with
   */
  Learner(Network network, Initialization start, Degrees degrees, Update update, double epsilon) {
    this.network = network;
    this.degrees = degrees;
    epsilons = new Epsilons(network, degrees, epsilon);
    this.update = update;
    buffers =
        update.optimizer().bufferDegrees().stream()
            .map(degree -> network.weights().zerosLike())
            .toList();
    statistics = new RunningStatistics(network, degrees);
    network.write(start.weights(), network.weights());
    network.setFixedWeights(start.fixed());
  }

  /** The number of steps taken. */
  public long iteration() {
    return iteration;
  }

  /**
   * Takes step t = {@link #iteration}.
   *
   * @return what it computed; to be closed
   */
  public Outcome step(Rates rates, Batch batch) {
    NDArray logits;
    try (Examples examples = network.examples(batch.images(), batch.labels())) {
      logits = network.differentiate(examples);
    }
    StatisticsGrowth growth = StatisticsGrowth.of(degrees, rates, iteration);
    apply(StepFactors.ofHost(StepFactors.numbers(update, rates, iteration, scaleExponent, growth)));
    statistics.multiply(growth.each());
    return new Outcome(
        iteration++, logits, zeroIfFinite(new Factor.OfHost(0)), batch.labels().clone());
  }

  /** Changes buffers, weights and running statistics by the network's last gradient. */
  void apply(StepFactors factors) {
    // Muon multiplies matrices.
    network.computing().lock();
    try {
      update.apply(network.weights(), network.gradient(), buffers, factors.ofUpdate());
    } finally {
      network.computing().unlock();
    }
    statistics.update(factors);
  }

  /**
   * 0 as long as all weights and running variances are finite, else not a number. The loss does not
   * show it: a ReLU may turn what is not a number into 0, and an infinite variance normalises every
   * activation to 0.
   *
   * @param zero a factor of 0
   */
  NDArray zeroIfFinite(Factor zero) {
    try (NDArray weightZeros = zero.times(network.weights());
        NDArray weights = weightZeros.sum();
        NDArray variances = statistics.zeroIfFinite(zero)) {
      return weights.add(variances);
    }
  }

  /** Has the calling thread compute on this learner's device; see {@link Network#enter}. */
  void enter() {
    network.enter();
  }

  /** Counts steps that a {@link StepProgram} has taken. */
  void count(int steps) {
    iteration += steps;
  }

  /**
   * How many of the next steps stay in range at the scale that the run is kept at.
   *
   * @param most at least 1; the answer is at most that, and at most what a program takes at once
   */
  long stepsAtThisScale(Rates rates, long most) {
    long steps = 1;
    while (steps < Math.min(most, StepProgram.MOST)
        && exponent(rates, iteration + steps) == scaleExponent) {
      steps++;
    }
    return steps;
  }

  private int exponent(Rates rates, long t) {
    return RangeGuard.exponent(
        rates, t, scaleExponent, degrees.largest(), update.optimizer().stepDegree());
  }

  Update update() {
    return update;
  }

  Network network() {
    return network;
  }

  RunningStatistics statistics() {
    return statistics;
  }

  Degrees degrees() {
    return degrees;
  }

  int scaleExponent() {
    return scaleExponent;
  }

  /** Keeps the run at a scale at which the next step stays in range. */
  void guard(Rates rates) {
    scaleTo(exponent(rates, iteration));
  }

  /**
   * Keeps the run at the scale 2^k from now on.
   *
   * @param exponent k
   */
  private void scaleTo(int exponent) {
    int change = exponent - scaleExponent;
    if (change != 0) {
      network.weights().muli(Math.scalb(1.0, change));
      for (int i = 0; i < buffers.size(); i++) {
        int degree = update.optimizer().bufferDegrees().get(i);
        buffers.get(i).muli(Math.scalb(1.0, degree * change));
      }
      statistics.scale(change);
      scaleExponent = exponent;
      epsilons.scale(exponent);
    }
  }

  /**
   * Lets ε follow weights that are P times those of the run they stand for; see {@link Epsilons}.
   *
   * @param logScale ln P
   */
  public void scaleEpsilon(double logScale) {
    epsilons.follow(logScale);
  }

  /** The logits of a batch under the present weights and running statistics. */
  public Logits logits(Batch batch) {
    statistics.use();
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
    statistics.use();
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
    double[] values = keptWeight(name);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.scalb(values[i], -scaleExponent);
    }
    return values;
  }

  /** The values of one trainable tensor times 2^k, as the device keeps them. */
  double[] keptWeight(String name) {
    return network.read(network.weights(), network.layout().weight(name));
  }

  /** log10 of the norm of one trainable tensor. */
  double log10Norm(String name) {
    return Norms.log10Norm(keptWeight(name), scaleExponent);
  }

  /** The whole state, copied. */
  public State state() {
    return new State(
        iteration,
        network.precision(),
        scaleExponent,
        network.read(network.weights()),
        buffers.stream().map(network::read).toList(),
        statistics.means(),
        statistics.variances());
  }

  /** Continues from a state, exactly. */
  public void restore(State state) {
    if (state.precision() != network.precision()
        || state.weights().length != network.layout().weightCount()
        || state.means().length != network.layout().statisticCount()
        || state.buffers().size() != buffers.size()) {
      throw new IllegalArgumentException(
          "a state of %d %s weights, %d buffers and %d statistics does not fit this network of %d %s weights, %d buffers and %d statistics"
              .formatted(
                  state.weights().length,
                  state.precision(),
                  state.buffers().size(),
                  state.means().length,
                  network.layout().weightCount(),
                  network.precision(),
                  buffers.size(),
                  network.layout().statisticCount()));
    }
    iteration = state.iteration();
    network.write(state.weights(), network.weights());
    for (int i = 0; i < buffers.size(); i++) {
      network.write(state.buffers().get(i), buffers.get(i));
    }
    statistics.restore(state.means(), state.variances());
    scaleExponent = state.scaleExponent();
    epsilons.scale(scaleExponent);
  }

  /** The first weights or statistics that hold what is not a finite number, or "". */
  String firstNotFinite() {
    String weights = first(network.layout().trainable(), network.read(network.weights()));
    if (!weights.isEmpty()) {
      return "the weights of " + weights;
    }
    String variances = first(network.layout().statistics(), statistics.variances());
    return variances.isEmpty() ? "" : "the variance of what " + variances + " normalises";
  }

  /** The name of the first tensor that holds what is not a finite number, or "". */
  private static String first(List<Tensor> tensors, double[] values) {
    return tensors.stream()
        .filter(
            tensor ->
                !Arrays.stream(values, tensor.offset(), tensor.end()).allMatch(Double::isFinite))
        .map(Tensor::name)
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    network.close();
  }
}
