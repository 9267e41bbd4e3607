package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every schedule, and what the shapes are. */
class ScheduleTest {

  private static Stream<Schedule> composed() {
    return Stream.of(
        Schedule.constant(0.1),
        StepDecay.from(0.1).multipliedBy(0.2).after(10, 20),
        Cosine.from(0.1).to(0.01).over(40),
        new CosineRestarts(0.1, 0.01, 7, 2, 0.5),
        Linear.from(0).to(0.1).over(30),
        Polynomial.from(0.1, 2).to(0.001).over(30),
        Exponential.from(0.1).multipliedBy(0.5).every(7),
        new Triangular(0, 0.1, 25, 15),
        new Triangular(0.01, 0.1, 3, 4).repeatedEvery(7),
        Cosine.from(0.1).over(30).warmedUp(0, 5),
        Linear.from(0.01).to(0.1).over(5).during(5).then(Cosine.from(0.1).over(40)),
        Cosine.from(0.1).over(5).perEpoch(Epochs.of(9)),
        Cosine.from(0.1).over(30).times(3),
        OneCycle.peakingAt(0.1).over(30).learningRate(),
        t -> 1.0 / (1 + t));
  }

  /** The same and one of each known kind. */
  static Stream<Schedule> schedules() {
    RandomSchedules random = new RandomSchedules(3, 50);
    return Stream.concat(composed(), random.plainTypes().stream().map(random::one));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void isTheSameInDoubleAndInLogSpace(Schedule schedule) {
    for (long t = 0; t < 50; t++) {
      assertThat(Math.exp(schedule.logAt(t))).isCloseTo(schedule.at(t), within(1e-15));
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void mayBeAskedInAnyOrder(Schedule schedule) {
    double[] inOrder = new double[50];
    for (int t = 0; t < 50; t++) {
      inOrder[t] = schedule.at(t);
    }
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      int t = random.nextInt(50);
      assertThat(schedule.at(t)).isEqualTo(inOrder[t]);
    }
  }

  /** A lambda decides by itself what it refuses. */
  static Stream<Schedule> knownSchedules() {
    return schedules().filter(schedule -> schedule instanceof KnownSchedule);
  }

  @ParameterizedTest
  @MethodSource("knownSchedules")
  void refusesANegativeIteration(Schedule schedule) {
    assertThatThrownBy(() -> schedule.at(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> schedule.logAt(-1)).hasMessageContaining("-1");
  }

  @Test
  void aLineHasBothItsEnds() {
    Linear line = Linear.from(0.3).to(0.1).over(4);
    assertThat(line.at(0)).isEqualTo(0.3);
    assertThat(line.at(2)).isCloseTo(0.2, within(1e-16));
    assertThat(line.at(4)).isEqualTo(0.1);
    assertThat(line.at(99)).isEqualTo(0.1);
  }

  @Test
  void aPolynomialOfPowerOneIsALine() {
    Linear line = Linear.from(0.3).to(0.1).over(40);
    Polynomial polynomial = Polynomial.from(0.3, 1).to(0.1).over(40);
    for (long t = 0; t < 60; t++) {
      assertThat(polynomial.at(t)).isCloseTo(line.at(t), within(1e-15));
    }
    assertThat(Polynomial.from(1, 2).over(10).at(5)).isEqualTo(0.25);
  }

  @Test
  void anExponentialKeepsItsLogarithmBeyondTheRangeOfADouble() {
    Exponential growth = Exponential.from(0.1).multipliedBy(1.48123).every(391);
    assertThat(growth.at(391)).isCloseTo(0.148123, within(1e-16));
    assertThat(growth.logAt(391_000_000))
        .isCloseTo(Math.log(0.1) + 1e6 * Math.log(1.48123), within(1e-9));
  }

  /** Keras, InverseTimeDecay(0.1, decay_steps=391, decay_rate=0.5), by its documented formula. */
  @Test
  void anInverseTimeIsKerasInverseTimeDecay() {
    InverseTime falling = InverseTime.from(0.1).decayRate(0.5).every(391);
    assertThat(falling.at(0)).isEqualTo(0.1);
    assertThat(falling.at(391)).isCloseTo(0.1 / 1.5, within(1e-17));
    assertThat(falling.at(782)).isEqualTo(0.05);
    Schedule staircase = InverseTime.from(0.1).decayRate(0.5).perEpoch(Epochs.of(391));
    assertThat(staircase.at(390)).isEqualTo(0.1);
    assertThat(staircase.at(391)).isEqualTo(falling.at(391));
  }

  @Test
  void cosinesRestartFromTheTop() {
    CosineRestarts restarts = CosineRestarts.from(0.1, 10, 2);
    for (long start : new long[] {0, 10, 30, 70, 150}) {
      assertThat(restarts.at(start)).isEqualTo(0.1);
    }
    assertThat(restarts.at(20)).isCloseTo(0.05, within(1e-16));
    assertThat(restarts.at(29)).isLessThan(1e-3);
    assertThat(new CosineRestarts(0.1, 0, 10, 1, 0.5).at(20)).isEqualTo(0.025);
  }

  @Test
  void theBlogsTriangleRisesFor25EpochsAndFallsFor15() {
    Triangular triangle = new Triangular(0, 0.1, 25, 15);
    assertThat(triangle.at(0)).isZero();
    assertThat(triangle.at(25)).isEqualTo(0.1);
    assertThat(triangle.at(40)).isZero();
    assertThat(triangle.at(41)).isZero();
    assertThat(triangle.repeatedEvery(40).at(65)).isEqualTo(0.1);
  }

  @Test
  void aWarmUpIsLaidOverTheScheduleAndAPhaseIsPutBefore() {
    Cosine cosine = Cosine.from(0.1).over(100);
    Schedule over = cosine.warmedUp(0.5, 10);
    assertThat(over.at(0)).isEqualTo(0.05);
    assertThat(over.at(5)).isCloseTo(0.75 * cosine.at(5), within(1e-16));
    assertThat(over.at(10)).isEqualTo(cosine.at(10));
    assertThat(cosine.warmedUp(0, 10).logAt(0)).isEqualTo(Double.NEGATIVE_INFINITY);

    Schedule before = Linear.from(0).to(0.1).over(10).during(10).then(cosine, 100).then(cosine);
    assertThat(before.at(9)).isCloseTo(0.09, within(1e-16));
    assertThat(before.at(10)).isEqualTo(0.1);
    assertThat(before.at(60)).isEqualTo(cosine.at(50));
    assertThat(before.at(110)).isEqualTo(0.1);
  }

  @Test
  void oneCycleMovesMomentumAgainstTheRate() {
    OneCycle cycle = OneCycle.peakingAt(0.5).over(1000);
    assertThat(cycle.learningRate().at(0)).isEqualTo(0.02);
    assertThat(cycle.learningRate().at(300)).isEqualTo(0.5);
    assertThat(cycle.learningRate().at(1000)).isEqualTo(2e-6);
    assertThat(cycle.momentum().at(0)).isEqualTo(0.95);
    assertThat(cycle.momentum().at(300)).isEqualTo(0.85);
    assertThat(cycle.momentum().at(1000)).isEqualTo(0.95);
    assertThat(cycle.recipe(5e-4).iterations()).isEqualTo(1000);
  }

  /** PyTorch 2.7, OneCycleLR(max_lr=0.5, total_steps=10), by its documented formula. */
  @Test
  void oneCycleIsPyTorchsWhenItCountsToTheLastStep() {
    Schedule rate = OneCycle.peakingAt(0.5).over(9).withRise(2).learningRate();
    assertThat(rate.at(1)).isCloseTo(0.26, within(1e-15));
    assertThat(rate.at(2)).isEqualTo(0.5);
    assertThat(rate.at(9)).isEqualTo(2e-6);
  }

  /** PyTorch 2.7, OneCycleLR(max_lr=0.5, total_steps=10, pct_start=0.25), by its formula. */
  @Test
  void aOneCycleMayHaveItsPeakBetweenTwoIterations() {
    OneCycle cycle = OneCycle.peakingAt(0.5).over(9).withRise(0.25 * 10 - 1);
    Schedule rate = cycle.learningRate();
    assertThat(rate.at(0)).isEqualTo(0.02);
    assertThat(rate.at(1))
        .isCloseTo(0.5 + (0.02 - 0.5) / 2 * (1 + Math.cos(Math.PI * 1 / 1.5)), within(1e-16));
    assertThat(rate.at(2))
        .isCloseTo(2e-6 + (0.5 - 2e-6) / 2 * (1 + Math.cos(Math.PI * 0.5 / 7.5)), within(1e-16));
    assertThat(rate.at(9)).isEqualTo(2e-6);
    assertThat(cycle.momentum().at(9)).isEqualTo(0.95);
  }

  /**
   * timm 1.0, CosineLRScheduler(t_initial=100, warmup_t=5, warmup_lr_init=0.01), by its formula.
   */
  @Test
  void aWarmUpMayReplaceTheFirstValuesOfACosineThatKeepsItsTime() {
    Cosine cosine = Cosine.from(0.1).to(0.001).over(100);
    Schedule timm = Linear.from(0.01).to(0.1).over(5).during(5).then(cosine.skipping(5));
    for (long t = 0; t < 110; t++) {
      double expected =
          t < 5
              ? 0.01 + t * (0.1 - 0.01) / 5
              : t < 100 ? 0.001 + 0.5 * (0.1 - 0.001) * (1 + Math.cos(Math.PI * t / 100)) : 0.001;
      assertThat(timm.at(t)).isCloseTo(expected, within(1e-16));
    }
    assertThat(timm.at(5)).isNotEqualTo(cosine.at(0));
  }

  /** PyTorch 2.7, ConstantLR(factor=1/3, total_iters=4) chained with a cosine. */
  @Test
  void aConstantFactorMayHoldForTheFirstIterations() {
    Cosine cosine = Cosine.from(0.1).over(20);
    Schedule slow = cosine.times(0.25).during(4).then(cosine.skipping(4));
    assertThat(slow.at(3)).isEqualTo(0.25 * cosine.at(3));
    assertThat(slow.at(4)).isEqualTo(cosine.at(4));
  }

  @Test
  void aDelayWaitsAtItsFirstValue() {
    Schedule delayed = Linear.from(1).to(0).over(4).delayedBy(3);
    assertThat(delayed.at(0)).isEqualTo(1);
    assertThat(delayed.at(3)).isEqualTo(1);
    assertThat(delayed.at(5)).isEqualTo(0.5);
  }

  @Test
  void refusesWhatIsOutOfRangeWithItsValue() {
    assertThatThrownBy(() -> Schedule.constant(1).skipping(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> Schedule.constant(1).delayedBy(-2)).hasMessageContaining("-2");
    assertThatThrownBy(() -> new CosineCycle(0, 1, 0, 4.5, 4)).hasMessageContaining("4.5");
    assertThatThrownBy(() -> new CosineCycle(0, 1, 0, 0, 4)).hasMessageContaining("not 0.0");
    assertThatThrownBy(() -> Exponential.from(0)).hasMessageContaining("not 0.0");
    assertThatThrownBy(() -> InverseTime.from(0.1).decayRate(-1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> InverseTime.from(0.1).every(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> InverseTime.from(0.1).power(-1)).hasMessageContaining("power");
    assertThatThrownBy(() -> Polynomial.from(0.1, -2).over(3)).hasMessageContaining("-2.0");
    assertThatThrownBy(() -> new Triangular(0, 0.1, 0, 3)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new Phases(List.of())).hasMessageContaining("none");
    assertThatThrownBy(() -> Schedule.constant(1).during(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> Schedule.constant(1).warmedUp(Double.NaN, 3))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> OneCycle.peakingAt(0.1).over(10).withMomentum(1, 0.9))
        .hasMessageContaining("1.0");
    assertThatThrownBy(() -> Cosine.from(0.1).over(10).at(-1)).hasMessageContaining("-1");
  }
}
