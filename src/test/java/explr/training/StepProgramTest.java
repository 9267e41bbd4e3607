package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import explr.conversion.TexpPlusPlus;
import explr.data.Batch;
import explr.data.Batches;
import explr.engine.EngineName;
import explr.engine.Examples;
import explr.engine.Network;
import explr.engine.Networks;
import explr.engine.Precision;
import explr.engine.Values;
import explr.network.FullyConnected;
import explr.network.NormLayer;
import explr.network.PreResNet;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.statistics.Distance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a GPU runs, on a CPU: there the host's steps are at hand to compare with. */
class StepProgramTest {

  private static final Rates CHANGING =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(4, 9), 5e-3, 0.9, 25);

  private static final class Periods implements Listener {
    final List<Period> heard = new ArrayList<>();

    @Override
    public void period(Period period) {
      heard.add(period);
    }
  }

  /** Equal as numbers: a zero may have another sign. */
  private static void assertSame(State actual, State expected) {
    assertThat(actual.iteration()).isEqualTo(expected.iteration());
    assertThat(actual.scaleExponent()).isEqualTo(expected.scaleExponent());
    assertNumbers(actual.weights(), expected.weights());
    assertNumbers(actual.buffer(), expected.buffer());
    assertNumbers(actual.means(), expected.means());
    assertNumbers(actual.variances(), expected.variances());
  }

  private static void assertNumbers(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (actual[i] != expected[i]) {
        throw new AssertionError("element " + i + ": " + actual[i] + " for " + expected[i]);
      }
    }
  }

  private static Task task(Precision precision) {
    return Tasks.small(EngineName.PYTORCH, precision);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theDeviceReadsTheBatchesThatTheHostFills(boolean channelsLast) {
    Task task = task(Precision.FLOAT32);
    try (Network network =
        channelsLast
            ? Networks.channelsLast(task.architecture(), Precision.FLOAT32, 8, 1e-5)
            : task.backend().open(task.architecture(), 8, 1e-5)) {
      assertReadsTheSame(network, task.trainingBatches(), 25);
      assertReadsTheSame(network, task.trainingBatches().withoutAugmentation(), 3);
      // The last of these is filled up.
      assertReadsTheSame(
          network, Batches.evaluation(task.data().test(), task.data().normalization(), 12), 4);
    }
  }

  private static void assertReadsTheSame(Network network, Batches batches, int count) {
    try (DeviceRows rows = new DeviceRows(network, count);
        DeviceBatches device = new DeviceBatches(network, batches, rows)) {
      DeviceBatches.Rows chosen = device.rows(7, count);
      device.load(chosen);
      for (int i = 0; i < count; i++) {
        Batch expected = batches.at(7 + i);
        try (Examples current = device.current()) {
          assertThat(current.images().getShape().getShape())
              .containsExactly(batches.size(), 3, 32, 32);
          assertThat(current.images().toFloatArray()).containsExactly(expected.images());
          assertThat(current.labels().toLongArray())
              .containsExactly(Arrays.stream(expected.labels()).asLongStream().toArray());
          assertThat(chosen.labels().get(i)).containsExactly(expected.labels());
        }
        rows.advance();
      }
      rows.rewind();
      try (Examples first = device.current()) {
        assertThat(first.images().toFloatArray())
            .isEqualTo(batches.at(7).images())
            .isNotEqualTo(batches.at(8).images());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "FLOAT64"})
  void aRunOnTheDeviceIsTheRunFromTheHost(Precision precision) throws InterruptedException {
    assertSameRun(task(precision), CHANGING);
    assertSameRun(task(precision), TexpPlusPlus.of(CHANGING));
  }

  /** Weights, rates and ε leave the range of 32 bits but for the guard. */
  @Test
  void theRangeGuardChangesScaleBetweenTheSameSteps() throws InterruptedException {
    Rates rates = TexpPlusPlus.of(Recipe.of(0.1, 0.8, 0.5, 90));
    Task task = task(Precision.FLOAT32);
    assertSameRun(task, rates);
    try (Run run = Run.startOnDevice(task, rates)) {
      run.train(new Listener() {});
      assertThat(run.checkpoint().state().scaleExponent()).isLessThan(-20);
    }
  }

  @Test
  void channelsOfDifferentDegreesFollowTheirOwn() throws InterruptedException {
    Task task =
        task(Precision.FLOAT32).with(FullyConnected.of(2, 16, NormLayer.batch().withAffine()));
    try (Learner learner = task.learner()) {
      assertThat(learner.degrees().uniform()).isFalse();
    }
    assertSameRun(task, TexpPlusPlus.of(CHANGING));
  }

  private static void assertSameRun(Task task, Rates rates) throws InterruptedException {
    Periods host = new Periods();
    Periods device = new Periods();
    try (Run expected = Run.start(task, rates);
        Run actual = Run.startOnDevice(task, rates)) {
      expected.train(host, 7);
      actual.train(device, 7);
      assertSame(actual.checkpoint().state(), expected.checkpoint().state());
      assertThat(actual.checkpoint().periodSoFar()).isEqualTo(expected.checkpoint().periodSoFar());
      expected.train(host);
      actual.train(device);
      assertSame(actual.checkpoint().state(), expected.checkpoint().state());
    }
    assertThat(device.heard).isEqualTo(host.heard).isNotEmpty();
  }

  @Test
  void aRunContinuesOnTheDeviceWhereItsCheckpointStopped() throws InterruptedException {
    Task task = task(Precision.FLOAT32);
    Rates rates = TexpPlusPlus.of(CHANGING);
    Checkpoint half;
    State whole;
    try (Run run = Run.startOnDevice(task, rates)) {
      run.train(new Listener() {}, 13);
      half = run.checkpoint();
      run.train(new Listener() {});
      whole = run.checkpoint().state();
    }
    try (Run run = Run.resumeOnDevice(task, rates, half)) {
      run.train(new Listener() {});
      assertSame(run.checkpoint().state(), whole);
    }
  }

  @Test
  void aStepIsReportedAsFromTheHost() throws InterruptedException {
    List<Step> host = new ArrayList<>();
    List<Step> device = new ArrayList<>();
    try (Run expected = Run.start(task(Precision.FLOAT32), CHANGING);
        Run actual = Run.startOnDevice(task(Precision.FLOAT32), CHANGING)) {
      expected.train(steps(host));
      actual.train(steps(device));
    }
    assertThat(device).isEqualTo(host).hasSize(25);
  }

  private static Listener steps(List<Step> heard) {
    return new Listener() {
      @Override
      public boolean wantsSteps() {
        return true;
      }

      @Override
      public void step(Step step) {
        heard.add(step);
      }
    };
  }

  @Test
  void theFirstStepThatLeavesTheRangeIsNamed() {
    Task task = task(Precision.FLOAT32);
    Rates rates = Recipe.of(1, 1e6, 0, 50);
    TrainingException host = failure(Run.start(task, rates));
    TrainingException device = failure(Run.startOnDevice(task, rates));
    assertThat(device.iteration()).isEqualTo(host.iteration());
    assertThat(device).hasMessageContaining("left the range");
  }

  private static TrainingException failure(Run run) {
    try (run) {
      TrainingException[] thrown = new TrainingException[1];
      assertThatThrownBy(() -> run.train(new Listener() {}))
          .isInstanceOfSatisfying(TrainingException.class, e -> thrown[0] = e);
      return thrown[0];
    }
  }

  /** Kernels lie in another order on the device; states are in the layout's. */
  @Test
  void channelsLastIsTheSameTrainingToRounding() {
    Task task = Tasks.exact(EngineName.PYTORCH);
    Rates rates = TexpPlusPlus.of(CHANGING);
    try (Network network =
            Networks.channelsLast(task.architecture(), Precision.FLOAT64, 8, task.epsilon());
        Learner last = Tasks.learner(task, network);
        Learner usual = task.learner();
        StepProgram program = new StepProgram(last, task.trainingBatches())) {
      assertThat(last.state().weights()).isEqualTo(usual.state().weights());
      program.take(rates, 6);
      for (int t = 0; t < 6; t++) {
        usual.step(rates, task.trainingBatches().at(t)).close();
      }
      String kernel = "stage2.block1.conv1";
      assertThat(Distance.relative(last.weight(kernel), usual.weight(kernel))).isLessThan(1e-12);
      assertThat(Distance.relative(last.state().weights(), usual.state().weights()))
          .isLessThan(1e-12);
      assertThat(Distance.relative(last.state().buffer(), usual.state().buffer()))
          .isLessThan(1e-11);
      // Negative control: as the device keeps them they are other numbers.
      assertThat(Distance.relative(Values.values(network.weights()), usual.state().weights()))
          .isGreaterThan(0.1);
      State state = last.state();
      last.restore(state);
      assertSame(last.state(), state);
    }
  }

  /** The host scores some steps while the device takes the next. */
  @Test
  void stepsOfSeveralLooksAtTheDeviceAreThoseOfTheHost() {
    Task task = task(Precision.FLOAT32);
    Rates rates = Recipe.of(StepDecay.from(0.1).dividedBy(10).after(40, 90), 5e-3, 0.9, 300);
    int steps = 2 * StepProgram.CAPACITY + 5;
    try (Learner host = task.learner();
        Learner device = task.learner();
        StepProgram program = new StepProgram(device, task.trainingBatches())) {
      List<StepResult> taken = program.take(rates, steps);
      assertThat(taken).hasSize(steps);
      for (int t = 0; t < steps; t++) {
        try (Outcome outcome = host.step(rates, task.trainingBatches().at(t))) {
          assertThat(taken.get(t))
              .isEqualTo(new StepResult(t, outcome.scores(), outcome.weightsFinite()));
        }
      }
      assertSame(device.state(), host.state());
      assertThat(program.take(rates, 1000)).hasSize(StepProgram.MOST);
    }
  }

  @Test
  void anInterruptEndsTheStepsAtTheNextLookAndIsKept() {
    Task task = task(Precision.FLOAT32);
    Rates rates = Recipe.of(0.1, 5e-3, 0.9, 300);
    try (Learner learner = task.learner();
        StepProgram program = new StepProgram(learner, task.trainingBatches())) {
      Thread.currentThread().interrupt();
      assertThat(program.take(rates, StepProgram.MOST)).hasSize(StepProgram.CAPACITY);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(learner.iteration()).isEqualTo(StepProgram.CAPACITY);
      assertThat(program.take(rates, StepProgram.MOST).get(0).iteration())
          .isEqualTo(StepProgram.CAPACITY);
    }
  }

  /** A hundred steps need no more arrays than ten. */
  @Test
  void aStepLeavesNoArrayBehind() {
    Task task = task(Precision.FLOAT32);
    try (Learner learner = task.learner();
        StepProgram program = new StepProgram(learner, task.trainingBatches())) {
      program.take(CHANGING, 3);
      int before = arrays(learner.network().weights());
      program.take(CHANGING, 20);
      assertThat(arrays(learner.network().weights())).isEqualTo(before);
    }
  }

  /** A graph that is empty would leave the tables as they are, and the loss plausible. */
  @Test
  void stepsThatTheDeviceDidNotTakeAreNoticed() {
    try (Network network = task(Precision.FLOAT32).backend().open(PreResNet.depth(8), 8, 1e-5);
        DeviceRows rows = new DeviceRows(network, 4)) {
      rows.advance();
      rows.advance();
      rows.requireRuns(2);
      assertThatThrownBy(() -> rows.requireRuns(3)).hasMessageContaining("2 of 3 steps");
    }
  }

  private static int arrays(NDArray of) {
    return of.getManager().getManagedArrays().size();
  }
}
