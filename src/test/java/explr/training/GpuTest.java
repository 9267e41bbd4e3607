package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.TexpPlusPlus;
import explr.data.EmbeddedSample;
import explr.engine.Algorithms;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Placement;
import explr.engine.Precision;
import explr.network.PreResNet;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.statistics.Distance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a GPU can show; skipped where {@code auto} finds none. */
class GpuTest {

  private static final Rates RATES =
      TexpPlusPlus.of(Recipe.of(StepDecay.from(0.1).dividedBy(10).after(40), 5e-3, 0.9, 80));

  @BeforeEach
  void aGpuIsHere() {
    Assumptions.assumeTrue(
        !Placement.of("auto", "auto").device().equals("cpu"),
        "no GPU that this machine's libraries can use");
  }

  private static Task task(String device, Precision precision) {
    return Tasks.small(EngineName.PYTORCH, Precision.FLOAT32)
        .on(new Backend(EngineName.PYTORCH, device, precision, 1));
  }

  private static Task onGpu(Precision precision) {
    return task(Placement.of("auto", "auto").device(), precision);
  }

  private static State trained(Task task, Rates rates) throws InterruptedException {
    StepCounter heard = new StepCounter(-1);
    try (Run run = Run.start(task, rates)) {
      run.train(heard);
      // A notice says that steps could not be captured.
      assertThat(heard.notices()).isEmpty();
      return run.checkpoint().state();
    }
  }

  private static void assertSameBits(State actual, State expected) {
    assertThat(actual.weights()).isEqualTo(expected.weights());
    assertThat(actual.buffer()).isEqualTo(expected.buffer());
    assertThat(actual.means()).isEqualTo(expected.means());
    assertThat(actual.variances()).isEqualTo(expected.variances());
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "FLOAT64"})
  void aCapturedRunHasTheBitsOfItsOperationsOneByOne(Precision precision)
      throws InterruptedException {
    Task task = onGpu(precision);
    try (Learner learner = task.learner();
        Learner other = task.learner();
        StepProgram captured = new StepProgram(learner, task.trainingBatches());
        StepProgram eager = StepProgram.operationByOperation(other, task.trainingBatches())) {
      for (int chunk = 0; chunk < 3; chunk++) {
        captured.take(RATES, 20);
        eager.take(RATES, 20);
      }
      assertThat(captured.program().eagerBecause()).isEmpty();
      assertThat(captured.program().captures()).isOne();
      assertSameBits(learner.state(), other.state());
    }
  }

  @Test
  void trainingRepeatsItsBits() throws InterruptedException {
    Task task = onGpu(Precision.FLOAT32);
    assertSameBits(trained(task, RATES), trained(task, RATES));
  }

  @Test
  void aRunContinuesFromItsCheckpoint() throws InterruptedException {
    Task task = onGpu(Precision.FLOAT32);
    Checkpoint half;
    try (Run run = Run.start(task, RATES)) {
      run.train(new Listener() {}, 37);
      half = run.checkpoint();
    }
    try (Run run = Run.resume(task, RATES, half)) {
      run.train(new Listener() {});
      assertSameBits(run.checkpoint().state(), trained(task, RATES));
    }
  }

  @Test
  void anotherScaleIsCapturedAgain() throws InterruptedException {
    Rates growing = TexpPlusPlus.of(Recipe.of(0.1, 0.8, 0.5, 90));
    Task task = onGpu(Precision.FLOAT32);
    State state = trained(task, growing);
    assertThat(state.scaleExponent()).isLessThan(-20);
    try (Learner learner = task.learner();
        StepProgram program = new StepProgram(learner, task.trainingBatches())) {
      while (learner.iteration() < growing.iterations()) {
        learner.guard(growing);
        long left = growing.iterations() - learner.iteration();
        program.take(growing, learner.stepsAtThisScale(growing, left));
      }
      assertThat(program.program().captures()).isGreaterThan(1);
      assertSameBits(learner.state(), state);
    }
  }

  @Test
  void aStepAgreesWithTheCpu() {
    Task gpu = onGpu(Precision.FLOAT64).withEpsilon(1e-20);
    Task cpu = task("cpu", Precision.FLOAT64).withEpsilon(1e-20);
    try (Learner on = gpu.learner();
        Learner off = cpu.learner();
        StepProgram program = new StepProgram(on, gpu.trainingBatches())) {
      program.take(RATES, 1);
      off.step(RATES, cpu.trainingBatches().at(0)).close();
      assertThat(Distance.relative(on.state().weights(), off.state().weights())).isLessThan(1e-12);
      assertThat(Distance.relative(on.state().buffer(), off.state().buffer())).isLessThan(1e-12);
    }
  }

  /** float32 means 24 bits of mantissa here: TF32 would be off by 1e-4. */
  @Test
  void float32IsNotTf32() {
    Task gpu = onGpu(Precision.FLOAT32);
    Task cpu = task("cpu", Precision.FLOAT32);
    try (Learner on = gpu.learner();
        Learner off = cpu.learner();
        StepProgram program = new StepProgram(on, gpu.trainingBatches())) {
      program.take(RATES, 1);
      off.step(RATES, cpu.trainingBatches().at(0)).close();
      assertThat(Distance.relative(on.state().buffer(), off.state().buffer())).isLessThan(1e-5);
    }
    Assumptions.assumeTrue(gpu.backend().gpu().orElseThrow().capability().major() >= 8);
    try (Learner tf32 = onGpu(Precision.TF32).learner();
        Learner off = cpu.learner();
        StepProgram program = new StepProgram(tf32, gpu.trainingBatches())) {
      program.take(RATES, 1);
      off.step(RATES, cpu.trainingBatches().at(0)).close();
      assertThat(Distance.relative(tf32.state().buffer(), off.state().buffer()))
          .isBetween(1e-5, 1e-1);
    }
  }

  @Test
  void runsThatTakeTurnsInOneThreadHaveTheBitsOfRunsAlone() throws InterruptedException {
    Task one = onGpu(Precision.FLOAT32);
    Task two = one.withSeed(1);
    try (Run first = Run.start(one, RATES);
        Run second = Run.start(two, RATES)) {
      for (long until = 10; until <= RATES.iterations(); until += 10) {
        first.train(new Listener() {}, until);
        second.train(new Listener() {}, until);
      }
      assertSameBits(first.checkpoint().state(), trained(one, RATES));
      assertSameBits(second.checkpoint().state(), trained(two, RATES));
    }
  }

  /** A notebook's cells may run in threads of their own. */
  @Test
  void aRunContinuesInAnotherThread() throws Exception {
    Task task = onGpu(Precision.FLOAT32);
    try (Run run = Run.start(task, RATES)) {
      run.train(new Listener() {}, 37);
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        Callable<State> rest =
            () -> {
              run.train(new Listener() {});
              return run.checkpoint().state();
            };
        assertSameBits(other.submit(rest).get(), trained(task, RATES));
      } finally {
        other.shutdownNow();
      }
    }
  }

  @Test
  void theEvaluationIsThatOfTheHost() throws InterruptedException {
    Task task = onGpu(Precision.FLOAT64);
    try (Run run = Run.start(task, RATES)) {
      run.train(new Listener() {}, 20);
      Scores expected = run.learner().evaluate(task.testBatches());
      for (int i = 0; i < 6; i++) {
        Scores scores = run.evaluate();
        assertThat(scores.correct()).isEqualTo(expected.correct());
        assertThat(scores.loss()).isCloseTo(expected.loss(), within(1e-9));
      }
    }
  }

  @Test
  void manyNetworksOneAfterTheOtherHaveTheSameBits() throws InterruptedException {
    Task task = onGpu(Precision.FLOAT32);
    Rates few = TexpPlusPlus.of(Recipe.of(0.1, 5e-3, 0.9, 12));
    State first = trained(task, few);
    for (int network = 0; network < 40; network++) {
      assertSameBits(trained(task, few), first);
    }
  }

  @Test
  void manyCapturesKeepTheMemoryOfOne() {
    Task task = onGpu(Precision.FLOAT32);
    try (Learner learner = task.learner();
        StepProgram program = new StepProgram(learner, task.trainingBatches())) {
      for (int change = 1; change <= 50; change++) {
        learner.scaleEpsilon(1e-3 * change);
        program.take(RATES, 1);
      }
      assertThat(program.program().eagerBecause()).isEmpty();
      assertThat(program.program().captures()).isGreaterThan(40);
    }
  }

  @Test
  void fastAlgorithmsTrain() throws InterruptedException {
    Task task = onGpu(Precision.FLOAT32);
    State exact = trained(task, RATES);
    State fast = trained(task.on(task.backend().withAlgorithms(Algorithms.FAST)), RATES);
    assertThat(Distance.relative(fast.weights(), exact.weights())).isLessThan(0.5);
  }

  /** The paper's network and batch, of which cuDNN's kernels may fill the card. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void largeRunsInThreadsEnd() throws Exception {
    Task task =
        onGpu(Precision.FLOAT32)
            .with(PreResNet.depth(32))
            .withData(EmbeddedSample.load())
            .withBatchSize(128);
    List<Callable<State>> runs = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      Task seeded = task.withSeed(seed);
      runs.add(() -> trained(seeded, RATES));
    }
    ExecutorService pool = Executors.newFixedThreadPool(runs.size());
    try {
      for (Future<State> run : pool.invokeAll(runs)) {
        assertThat(run.get().iteration()).isEqualTo(RATES.iterations());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void runsInThreadsHaveTheBitsOfRunsAlone() throws Exception {
    Task task = onGpu(Precision.FLOAT32);
    List<Callable<State>> runs = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      Task seeded = task.withSeed(seed);
      runs.add(() -> trained(seeded, RATES));
    }
    ExecutorService pool = Executors.newFixedThreadPool(runs.size());
    try {
      List<Future<State>> together = pool.invokeAll(runs);
      for (int seed = 0; seed < runs.size(); seed++) {
        assertSameBits(together.get(seed).get(), trained(task.withSeed(seed), RATES));
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
