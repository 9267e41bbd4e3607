package explr.training;

import static org.assertj.core.api.Assertions.assertThat;

import explr.conversion.TexpPlusPlus;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Placement;
import explr.engine.Precision;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    return Tasks.small(EngineName.PYTORCH, precision)
        .on(new Backend(EngineName.PYTORCH, device, precision, 1));
  }

  private static Task onGpu(Precision precision) {
    return task(Placement.of("auto", "auto").device(), precision);
  }

  private static State trained(Task task, Rates rates) throws InterruptedException {
    try (Run run = Run.start(task, rates)) {
      run.train(new Listener() {});
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
    assertSameBits(trained(task, growing), state);
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
