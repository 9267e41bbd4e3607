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
 * The steps of a {@link Learner} as a program for a GPU: batches, rates, decay, momentum and
 * corrections are read from the device's memory, logits are written there, and the host is needed
 * once for some dozen steps.
 *
 * <p>The same operations in the same order as {@link Learner#step}, and the same bits on one
 * device, but for the sign of zeros: a decay or correction of 0 is added, not left out.
 */
public final class StepProgram implements AutoCloseable {

  /** Steps between two looks at the device: 0.1 to 0.4 s of the paper's network on an H100. */
  public static final int CAPACITY = 32;

  private static final int SCALARS = 8;

  private final Learner learner;
  private final int channels;
  private final DeviceRows rows;
  private final DeviceBatches inputs;
  private final DeviceRows.Input scalars;
  private final Optional<DeviceRows.Input> growth;
  private final DeviceRows.Output logits;
  private final DeviceRows.Output finite;
  private final NDArray zero;
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
    scalars = rows.inputs(SCALARS);
    growth = learner.degrees().uniform() ? Optional.empty() : Optional.of(rows.inputs(channels));
    logits = rows.outputs(batches.size() * learner.network().classes());
    finite = rows.outputs(1);
    zero = Values.of(network.manager(), network.precision(), new double[] {0}, 1);
    program = programs.apply(this::step);
  }

  private void step() {
    try (NDScope temporaries = new NDScope()) {
      Network network = learner.network();
      logits.put(network.differentiate(inputs.current()));
      NDArray row = scalars.row();
      NDArray buffer = learner.buffer();
      NDArray weights = network.weights();
      buffer.addi(weights.mul(row.get("0:1")));
      buffer.muli(row.get("1:2")).addi(network.gradient());
      buffer.addi(weights.mul(row.get("2:3")));
      weights.addi(buffer.mul(row.get("3:4")));
      learner.statistics().update(row.get("4:8"), growth.map(DeviceRows.Input::row).orElse(null));
      finite.put(weights.mul(zero).sum().add(learner.statistics().zeroIfFinite(zero)));
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
    double[] numbers = new double[CAPACITY * SCALARS];
    double[] each = new double[CAPACITY * channels];
    for (int i = 0; i < count; i++) {
      StepValues values = StepValues.of(rates, from + i, learner.scaleExponent());
      StatisticsGrowth grown = StatisticsGrowth.of(learner.degrees(), values.logGrowth());
      double[] row = {values.correction(), values.momentum(), values.weightDecay(), -values.rate()};
      System.arraycopy(row, 0, numbers, i * SCALARS, row.length);
      double[] factors = RunningStatistics.factors(grown.common());
      System.arraycopy(factors, 0, numbers, i * SCALARS + row.length, factors.length);
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
    zero.close();
  }
}
