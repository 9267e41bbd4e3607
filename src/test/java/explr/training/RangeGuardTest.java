package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.conversion.ExpLr;
import explr.conversion.Texp;
import explr.conversion.TexpPlusPlus;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.network.Architecture;
import explr.network.FullyConnected;
import explr.network.Node;
import explr.network.NormLayer;
import explr.network.PlainCnn;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RangeGuardTest {

  /** Its rate grows by 10^0.22 a step, to 10^13 in all: beyond 2^40, where the guard acts. */
  private static final Rates GROWING = TexpPlusPlus.of(Recipe.of(0.1, 0.8, 0.5, 64));

  /** All that a run tells: the scores of each step and epoch, its norms, and logits at the end. */
  private static final class Told implements Listener {
    private final List<Object> all = new ArrayList<>();

    @Override
    public boolean wantsSteps() {
      return true;
    }

    @Override
    public void step(Step step) {
      all.add(step);
    }

    @Override
    public void period(Period period) {
      all.add(period);
    }
  }

  private static List<Object> told(Task task, Rates rates, boolean scaled)
      throws InterruptedException {
    try (Run run = Run.start(task, rates)) {
      Told told = new Told();
      run.train(told);
      assertThat(run.checkpoint().state().scaleExponent() < 0).isEqualTo(scaled);
      for (double logit : run.learner().logits(task.testBatches().at(0)).values()) {
        told.all.add(logit);
      }
      return told.all;
    }
  }

  static Stream<Arguments> normalizations() {
    return Stream.of(EngineName.values())
        .flatMap(
            engine ->
                Stream.of(
                        NormLayer.batch(),
                        NormLayer.group(4),
                        NormLayer.layer(),
                        NormLayer.instance())
                    .flatMap(layer -> Stream.of(layer, layer.withAffine()))
                    .map(layer -> Arguments.of(engine, layer)));
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void changesNoBit(EngineName engine, NormLayer layer) throws InterruptedException {
    Architecture net = PlainCnn.of(1, 1, layer);
    Task task = Tasks.small(engine, Precision.FLOAT32).with(net);
    assertThat(told(task, GROWING, true)).isEqualTo(told(task.unguarded(), GROWING, false));
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void theGrowthOf2000EpochsFitsInto32Bits(EngineName engine) throws InterruptedException {
    Task task =
        Tasks.small(engine, Precision.FLOAT32).with(FullyConnected.of(2, 16, NormLayer.batch()));
    // 1.48123 an epoch, 2,000 times, is 10^341.
    Rates rates = TexpPlusPlus.of(Recipe.of(0.1, 0.8, 0.5, 1_600));
    Told told = new Told();
    try (Run run = Run.start(task, rates)) {
      run.train(told);
      Period last = (Period) told.all.get(told.all.size() - 1);
      assertThat(last.logLearningRate() / Math.log(10)).isGreaterThan(341);
      assertThat(last.watched().get(0).log10Norm()).isGreaterThan(165);
      assertThat(last.test().meanLoss()).isBetween(0.0, 5.0);
      assertThat(run.checkpoint().state().scaleExponent()).isLessThan(-500);
    }
    assertThatThrownBy(() -> Run.start(task.unguarded(), rates))
        .hasMessageContaining("beyond the largest");
  }

  @Test
  void aRunResumedAtAnotherScaleGoesOnWithTheSameBits() throws InterruptedException {
    Task task =
        Tasks.small(EngineName.MXNET, Precision.FLOAT32)
            .with(FullyConnected.of(2, 16, NormLayer.batch().withAffine()));
    State whole;
    Checkpoint half;
    try (Run run = Run.start(task, GROWING)) {
      run.train(new Listener() {}, 60);
      half = run.checkpoint();
      run.train(new Listener() {});
      whole = run.checkpoint().state();
    }
    assertThat(half.state().scaleExponent()).isNotZero();
    try (Run run = Run.resume(task, GROWING, half)) {
      run.train(new Listener() {});
      State resumed = run.checkpoint().state();
      assertThat(resumed.weights()).isEqualTo(whole.weights());
      assertThat(resumed.buffer()).isEqualTo(whole.buffer());
      assertThat(resumed.variances()).isEqualTo(whole.variances());
    }
  }

  /** Weights that grow past 2^40 before a phase with a correction begins. */
  private static final Rates CORRECTED =
      Texp.of(Recipe.of(StepDecay.from(0.1).dividedBy(10).after(62), 0.8, 0.5, 66));

  /** A growing rate beside a weight decay that falls as the rate grows. */
  private record GrowingWithDecay(Rates rates) implements ForwardingRates {
    @Override
    public double weightDecay(long iteration) {
      return 0.1 * Math.exp(-rates.logLearningRate(iteration));
    }
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void changesNoBitOfCorrectionsAndWeightDecay(EngineName engine) throws InterruptedException {
    Task task = Tasks.small(engine, Precision.FLOAT32).with(PlainCnn.of(1, 1, NormLayer.batch()));
    assertThat(CORRECTED.correction(62)).isNotZero();
    assertThat(told(task, CORRECTED, true)).isEqualTo(told(task.unguarded(), CORRECTED, false));
    Rates decayed = new GrowingWithDecay(GROWING);
    assertThat(told(task, decayed, true)).isEqualTo(told(task.unguarded(), decayed, false));
  }

  @Test
  void leavesLessRoomWhereActivationsGrowWithAPowerOfTheWeights() throws InterruptedException {
    Architecture.Builder net = Architecture.builder("three convolutions in a row");
    Node x = net.convolution("a", net.input(3, 32, 32), 4, 3, 2);
    x = net.convolution("c", net.convolution("b", x, 4, 3, 2), 4, 3, 1);
    x = net.relu(net.normalization("norm", x, NormLayer.layer()));
    net.fixedLinear("classifier", net.globalAveragePool(x), 10);
    Task task = Tasks.small(EngineName.MXNET, Precision.FLOAT32).with(net.build());
    Rates rates = TexpPlusPlus.of(Recipe.of(0.1, 0.8, 0.5, 120));
    try (Run run = Run.start(task, rates)) {
      run.train(new Listener() {});
      assertThat(run.checkpoint().state().scaleExponent()).isLessThan(-30);
    }
  }

  @Test
  void leavesARunWithWeightDecayAlone() throws InterruptedException {
    Task task = Tasks.small(EngineName.MXNET, Precision.FLOAT32);
    told(task, Recipe.of(0.1, 5e-3, 0.9, 3), false);
  }

  /** Each change of scale changes ε, and a GPU captures its programs again. */
  @Test
  void aLongExponentialRunChangesItsScaleSeldom() {
    long perEpoch = 391;
    Rates rates = ExpLr.of(Recipe.of(0.1, 5e-4, 0.9, 200 * perEpoch));
    int changes = 0;
    int exponent = 0;
    for (long t = 0; t < rates.iterations(); t++) {
      int next = RangeGuard.exponent(rates, t, exponent, 1);
      if (next != exponent) {
        changes++;
        exponent = next;
      }
    }
    assertThat(rates.logLearningRate(rates.iterations() - 1) / Math.log(10)).isGreaterThan(30);
    assertThat(changes).isEqualTo(2);
  }
}
