package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.ExpLr;
import explr.conversion.RateInsideBuffer;
import explr.conversion.TexpPlusPlus;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunTest {

  private static final Recipe RECIPE = Recipe.of(0.1, 5e-3, 0.9, 50);

  /** Keeps what it hears. */
  private static final class Heard implements Listener {
    final List<Period> periods = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();

    @Override
    public void period(Period period) {
      periods.add(period);
    }

    @Override
    public boolean wantsSteps() {
      return true;
    }

    @Override
    public void step(Step step) {
      steps.add(step);
    }
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void aTwinWithoutWeightDecayIsTheSameNetworkAfterFiftySteps(EngineName engine)
      throws InterruptedException {
    Task task = Tasks.exact(engine);
    Logits decayed = Logits.after(task, RECIPE);
    assertThat(Logits.after(task, TexpPlusPlus.of(RECIPE)).distanceTo(decayed)).isLessThan(1e-9);
    assertThat(Logits.after(task, ExpLr.of(RECIPE)).distanceTo(decayed)).isLessThan(1e-9);
  }

  @Test
  void withoutTheConversionItIsAnotherNetwork() throws InterruptedException {
    Task task = Tasks.exact(EngineName.MXNET);
    Logits decayed = Logits.after(task, RECIPE);
    Rates twin = ExpLr.of(RECIPE);
    for (Rates wrong :
        List.of(
            Recipe.of(0.1, 0, 0.9, 50), twin.withoutCorrections(), new RateInsideBuffer(twin))) {
      assertThat(Logits.after(task, wrong).distanceTo(decayed)).isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void goingOnFromACheckpointGivesTheSameBits(EngineName engine) throws Exception {
    Task task = Tasks.small(engine, Precision.FLOAT32);
    Rates rates = ExpLr.of(Recipe.of(0.1, 5e-3, 0.9, 27));
    Heard undisturbed = new Heard();
    Checkpoint end;
    try (Run run = Run.start(task, rates)) {
      run.train(undisturbed);
      end = run.checkpoint();
    }
    Heard interrupted = new Heard();
    Checkpoint checkpoint;
    try (Run run = Run.start(task, rates)) {
      run.train(interrupted, 13);
      checkpoint = throughFile(run.checkpoint());
    }
    try (Run run = Run.resume(task, rates, checkpoint)) {
      run.train(interrupted);
      assertSame(run.checkpoint(), end);
    }
    assertThat(interrupted.periods).isEqualTo(undisturbed.periods).hasSize(3);
    assertThat(interrupted.steps).isEqualTo(undisturbed.steps).hasSize(27);
  }

  private static Checkpoint throughFile(Checkpoint checkpoint) throws IOException {
    byte[] bytes = new CheckpointFile("id", Map.of("log", 17L), checkpoint).toBytes();
    CheckpointFile read = CheckpointFile.read(bytes);
    assertThat(read.marks()).isEqualTo(Map.of("log", 17L));
    assertThat(read.toBytes()).isEqualTo(bytes);
    return read.checkpoint();
  }

  private static void assertSame(Checkpoint one, Checkpoint other) {
    assertThat(new CheckpointFile("", Map.of(), one).toBytes())
        .isEqualTo(new CheckpointFile("", Map.of(), other).toBytes());
  }

  @Test
  void aDamagedCheckpointIsNoticed() throws Exception {
    try (Run run = Run.start(Tasks.small(EngineName.MXNET, Precision.FLOAT32), RECIPE)) {
      byte[] bytes = new CheckpointFile("id", Map.of(), run.checkpoint()).toBytes();
      bytes[bytes.length / 2] ^= 1;
      assertThatThrownBy(() -> CheckpointFile.read(bytes)).hasMessageContaining("damaged");
      assertThatThrownBy(() -> CheckpointFile.read(new byte[3])).hasMessageContaining("3 bytes");
    }
  }

  @Test
  void anInterruptStopsBetweenTwoStepsAndTheRunCanGoOn() throws Exception {
    Task task = Tasks.small(EngineName.MXNET, Precision.FLOAT32);
    try (Run run = Run.start(task, RECIPE)) {
      Listener interrupting =
          new Listener() {
            @Override
            public void between(Run current, int steps) {
              if (current.iteration() == 7) {
                Thread.currentThread().interrupt();
              }
            }
          };
      assertThatThrownBy(() -> run.train(interrupting)).isInstanceOf(InterruptedException.class);
      assertThat(run.iteration()).isEqualTo(7);
      run.train(new Listener() {}, 9);
      assertThat(run.iteration()).isEqualTo(9);
    }
  }

  @Test
  void aLossThatIsNotANumberNamesIterationAndWeights() {
    Task task = Tasks.small(EngineName.MXNET, Precision.FLOAT32);
    // Each step multiplies the weights by about 1 − ηλ, until they leave the range of a float.
    try (Run run = Run.start(task, Recipe.of(1, 1e6, 0, 50))) {
      Heard heard = new Heard();
      assertThatThrownBy(() -> run.train(heard))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("iteration ")
          .hasMessageContaining("variance of what stage1.block1.norm1 normalises")
          .hasMessageContaining("10^0.00");
    }
  }

  @Test
  void aRateBeyondTheNumbersIsRefusedBeforeTraining() {
    Task task = Tasks.small(EngineName.MXNET, Precision.FLOAT32).unguarded();
    Rates twin = ExpLr.of(Recipe.of(0.1, 5e-3, 0.9, 20_000));
    assertThatThrownBy(() -> Run.start(task, twin))
        .hasMessageContaining("learning rate of iteration 8")
        .hasMessageContaining("38.53")
        .hasMessageContaining("64 bits");
    assertThatThrownBy(() -> Run.start(task, Recipe.of(0.1, -1, 0.9, 5)))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> Run.start(task, Recipe.of(0.1, 0, 1, 5))).hasMessageContaining("1.0");
  }

  /** Hears periods alone: who wants steps has each read at once. */
  private static final class Periods implements Listener {
    final List<Period> periods = new ArrayList<>();

    @Override
    public void period(Period period) {
      periods.add(period);
    }
  }

  @Test
  void theWatchedWeightsAreMeasured() throws InterruptedException {
    Task task = Tasks.small(EngineName.MXNET, Precision.FLOAT32).watching("stage3.block1.shortcut");
    Heard heard = new Heard();
    try (Run run = Run.start(task, Recipe.of(0.1, 5e-3, 0.9, 10))) {
      run.train(heard);
      Period.Watched watched = heard.periods.get(0).watched().get(0);
      assertThat(watched.name()).isEqualTo("stage3.block1.shortcut");
      assertThat(watched.log10Norm())
          .isEqualTo(Norms.log10Norm(run.learner().weight("stage3.block1.shortcut"), 0));
      assertThat(watched.log10EffectiveRate())
          .isCloseTo(Math.log10(0.1) - 2 * watched.log10Norm(), within(1e-12));
      assertThat(watched.angle()).isBetween(1e-3, 1.0);
      assertThat(heard.periods.get(0).train().count()).isEqualTo(80);
      assertThat(heard.periods.get(0).test().count()).isEqualTo(40);
    }
    assertThatThrownBy(() -> task.watching("nothing")).hasMessageContaining("'nothing'");
  }
}
