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

  private final Learner learner;
  private final int channels;
  private final DeviceRows rows;
  private final DeviceBatches inputs;
  private final DeviceRows.Input scalars;
  private final Optional<DeviceRows.Input> growth;
  private final DeviceRows.Output logits;
  private final DeviceRows.Output finite;
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
    logits = rows.outputs(batches.size() * learner.network().classes());
    finite = rows.outputs(1);
    zeroArray = Values.of(network.manager(), network.precision(), new double[] {0}, 1);
    zero = new Factor.OnDevice(zeroArray);
    program = programs.apply(this::step);
  }

  private void step() {
    try (NDScope temporaries = new NDScope()) {
      logits.put(learner.network().differentiate(inputs.current()));
      learner.apply(StepFactors.onDevice(scalars.row()));
      growth.ifPresent(table -> learner.statistics().multiply(table.row()));
      finite.put(learner.zeroIfFinite(zero));
      rows.advance();
    }
  }

  /**
   * Takes the next steps.
   *
   * @param most at least 1; all of them are in range at the scale that the learner is kept at
   * @return the steps taken, at least one
   */
  public List<StepResult> take(Rates rates, long most) {
    int count = (int) Math.min(most, CAPACITY);
    long from = learner.iteration();
    load(rates, from, count);
    for (int i = 0; i < count; i++) {
      program.run();
    }
    learner.count(count);
    return read(from, count);
  }

  private void load(Rates rates, long from, int count) {
    Update update = learner.update();
    double[] numbers = new double[CAPACITY * StepFactors.count(update)];
    double[] each = new double[CAPACITY * channels];
    for (int i = 0; i < count; i++) {
      StatisticsGrowth grown = StatisticsGrowth.of(learner.degrees(), rates, from + i);
      double[] row = StepFactors.numbers(update, rates, from + i, learner.scaleExponent(), grown);
      System.arraycopy(row, 0, numbers, i * row.length, row.length);
      System.arraycopy(grown.eachOf(channels), 0, each, i * channels, channels);
    }
    inputs.load(from, count);
    scalars.fill(numbers);
    growth.ifPresent(table -> table.fill(each));
    rows.rewind();
  }

  private List<StepResult> read(long from, int count) {
    double[] values = logits.read();
    double[] zeros = finite.read();
    rows.requireRuns(count);
    int size = values.length / CAPACITY;
    List<StepResult> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] step = Arrays.copyOfRange(values, i * size, (i + 1) * size);
      int[] labels = inputs.labels(i);
      taken.add(new StepResult(from + i, Scores.of(step, labels, labels.length), zeros[i] == 0));
    }
    return taken;
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
