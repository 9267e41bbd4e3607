package explr.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explr.data.Batches;
import explr.engine.Network;
import explr.engine.Program;
import explr.engine.Values;
import explr.schedule.Rates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The steps of a {@link Learner} as a program for a GPU: it reads batches, rates, decay, momentum
 * and corrections from the device's memory and writes logits there; the host takes part once in up
 * to 32 steps.
 *
 * <p>It calls the same operations in the same order as {@link Learner#step} and gives the same bits
 * on the same device, except for the sign of zeros: a decay or correction of 0 is added, not left
 * out.
 */
public final class StepProgram implements AutoCloseable {

  /** Steps between two looks at the device: 0.12 to 0.4 s of the paper's network on an H200. */
  public static final int CAPACITY = 32;

  /** The largest number of steps that {@link #take} takes in one call. */
  public static final int MOST = 4 * CAPACITY;

  private final Learner learner;
  private final int channels;
  private final DeviceRows rows;
  private final DeviceBatches inputs;
  private final DeviceRows.Input scalars;
  private final Optional<DeviceRows.Input> growth;
  private final DeviceRows.Output outputs;
  private final NDArray zeroArray;
  private final Factor zero;
  private final Program program;

  /**
   * A program for the steps from the learner's next one on.
   *
   * @param batches that it is trained on
   */
  public StepProgram(Learner learner, Batches batches) {
    this(learner, batches, learner.network()::program);
  }

  /** The same, called operation by operation also on a GPU. */
  public static StepProgram operationByOperation(Learner learner, Batches batches) {
    return new StepProgram(learner, batches, Program::eager);
  }

  private StepProgram(Learner learner, Batches batches, Function<Runnable, Program> programs) {
    this.learner = learner;
    Network network = learner.network();
    channels = network.layout().statisticCount();
    rows = new DeviceRows(network, CAPACITY);
    inputs = new DeviceBatches(network, batches, rows);
    scalars = rows.inputs(StepFactors.count(learner.update()));
    growth = learner.degrees().uniform() ? Optional.empty() : Optional.of(rows.inputs(channels));
    outputs = rows.outputs(batches.size() * network.classes() + 1);
    zeroArray = Values.of(network.manager(), network.precision(), new double[] {0}, 1);
    zero = new Factor.OnDevice(zeroArray);
    program = programs.apply(this::step);
  }

  private void step() {
    try (NDScope temporaries = new NDScope()) {
      NDArray logits = learner.network().differentiate(inputs.current());
      learner.apply(StepFactors.onDevice(scalars.row()));
      growth.ifPresent(table -> learner.statistics().multiply(table.row()));
      outputs.put(logits.flatten().concat(learner.zeroIfFinite(zero).reshape(1)));
      rows.advance();
    }
  }

  /**
   * Takes the next steps, at most {@link #MOST}; while the device takes steps, the host scores the
   * previous ones and chooses the next batches. An interrupt ends the call after the steps that
   * have begun, and leaves the thread's interrupt flag set.
   *
   * @param most at least 1; all of them are in range at the scale that the learner is kept at
   * @return the steps taken, at least one
   */
  public List<StepResult> take(Rates rates, long most) {
    long end = learner.iteration() + Math.min(most, MOST);
    List<StepResult> results = new ArrayList<>();
    Optional<Part> part = part(rates, learner.iteration(), end);
    Optional<Computed> before = Optional.empty();
    while (part.isPresent()) {
      start(part.get());
      before.ifPresent(computed -> results.addAll(computed.results()));
      Optional<Part> next =
          Thread.currentThread().isInterrupted()
              ? Optional.empty()
              : part(rates, learner.iteration(), end);
      before = Optional.of(read(part.get()));
      part = next;
    }
    before.ifPresent(computed -> results.addAll(computed.results()));
    return results;
  }

  /**
   * The tables that the device reads for consecutive steps.
   *
   * @param factors of each step, as {@link StepFactors} orders them
   * @param growth of each step and channel
   */
  private record Part(long from, DeviceBatches.Rows batches, double[] factors, double[] growth) {
    int count() {
      return batches.labels().size();
    }
  }

  /** The steps from an iteration on that fit into the tables, or none. */
  private Optional<Part> part(Rates rates, long from, long end) {
    int count = (int) Math.min(end - from, CAPACITY);
    if (count == 0) {
      return Optional.empty();
    }
    Update update = learner.update();
    double[] factors = new double[CAPACITY * StepFactors.count(update)];
    double[] each = new double[CAPACITY * channels];
    for (int i = 0; i < count; i++) {
      StatisticsGrowth grown = StatisticsGrowth.of(learner.degrees(), rates, from + i);
      double[] row = StepFactors.numbers(update, rates, from + i, learner.scaleExponent(), grown);
      System.arraycopy(row, 0, factors, i * row.length, row.length);
      System.arraycopy(grown.eachOf(channels), 0, each, i * channels, channels);
    }
    return Optional.of(new Part(from, inputs.rows(from, count), factors, each));
  }

  /** Starts steps on the device without waiting for them. */
  private void start(Part part) {
    inputs.load(part.batches());
    scalars.fill(part.factors());
    growth.ifPresent(table -> table.fill(part.growth()));
    rows.rewind();
    for (int i = 0; i < part.count(); i++) {
      program.run();
    }
    learner.count(part.count());
  }

  /** Waits until the device has taken these steps. */
  private Computed read(Part part) {
    double[] values = outputs.read();
    rows.requireRuns(part.count());
    return new Computed(part, values);
  }

  /**
   * The values that the device wrote in these steps.
   *
   * @param values for each step its logits, then 0 if all numbers are finite
   */
  private record Computed(Part part, double[] values) {

    List<StepResult> results() {
      int width = values.length / CAPACITY;
      List<StepResult> results = new ArrayList<>();
      for (int i = 0; i < part.count(); i++) {
        int zero = (i + 1) * width - 1;
        double[] logits = Arrays.copyOfRange(values, i * width, zero);
        int[] labels = part.batches().labels().get(i);
        Scores scores = Scores.of(logits, labels, labels.length);
        results.add(new StepResult(part.from() + i, scores, values[zero] == 0));
      }
      return results;
    }
  }

  /** The program that takes the steps. */
  public Program program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
    inputs.close();
    rows.close();
    zeroArray.close();
  }
}
