package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.ReduceOnPlateau;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.theory.LossSequence;
import explr.theory.MomentumSgd;
import explr.theory.Ripples;
import explr.theory.ToyState;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each conversion trains a scale-invariant toy along the trajectory with weight decay, or not. */
class EquivalenceTest {

  private static final double BAR = 1e-11;
  private static final LossSequence LOSSES = Ripples.of(6, 11);
  private static final ToyState START = start(5);
  private static final Recipe STEP =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(40, 60), 5e-3, 0.9, 80);

  static Stream<Recipe> changing() {
    return RandomRecipes.changing(21, 2000);
  }

  static Stream<Recipe> inPhases() {
    return RandomRecipes.inPhases(22, 2000);
  }

  @ParameterizedTest
  @MethodSource("changing")
  void texpPlusPlusIsExactForAnyRateDecayAndMomentum(Recipe recipe) {
    assertSameNetworks(recipe, TexpPlusPlus.of(recipe));
  }

  @ParameterizedTest
  @MethodSource("inPhases")
  void texpWithItsCorrectionsIsExact(Recipe recipe) {
    assertSameNetworks(recipe, Texp.of(recipe));
  }

  @ParameterizedTest
  @MethodSource("inPhases")
  void texpMinusMinusIsExactForItsConstantRate(Recipe recipe) {
    Rates constant = TexpMinusMinus.constantRate(recipe);
    double largest = 0;
    for (long t = 0; t < recipe.iterations(); t++) {
      double critical = CharacteristicRoot.critical(recipe.momentum(t));
      largest = Math.max(largest, recipe.learningRate(t) * recipe.weightDecay(t) / critical);
    }
    if (largest <= 1) {
      assertSameNetworks(constant, TexpMinusMinus.of(recipe));
    }
  }

  @ParameterizedTest
  @MethodSource("changing")
  void decoupledDecayIsExactWithItsOwnMomentum(Recipe recipe) {
    Twin twin = DecoupledDecay.of(recipe);
    List<ToyState> decayed = MomentumSgd.DECOUPLED.run(START, LOSSES, recipe);
    List<ToyState> growing = MomentumSgd.PAPER.run(START, LOSSES, twin);
    assertSame(decayed, growing, twin);
  }

  @ParameterizedTest
  @MethodSource("changing")
  void buffersBelongTogetherByTheirOffset(Recipe recipe) {
    Twin twin = TexpPlusPlus.of(recipe);
    ToyState decayed = MomentumSgd.PAPER.run(START, LOSSES, recipe).get(50);
    ToyState growing = MomentumSgd.PAPER.run(START, LOSSES, twin).get(50);
    double scale = Math.exp(-twin.logBufferScale(50));
    double size = decayed.norm();
    for (int i = 0; i < 6; i++) {
      double expected =
          scale * (decayed.buffer()[i] - twin.bufferOffset(50) * decayed.weights()[i]);
      assertThat(growing.buffer()[i]).isCloseTo(expected, within(1e-10 * size));
    }
  }

  @Test
  void theorem29IsExactWithItsInitialBufferAlone() {
    Recipe recipe = Recipe.of(0.1, 5e-3, 0.9, 80);
    Twin twin = ExpLr.of(recipe);
    assertSameNetworks(recipe, twin);
    assertThat(largestDistance(recipe, twin.withoutCorrections())).isGreaterThan(1e-5);
  }

  @Test
  void theorem21NeedsNoCorrection() {
    Recipe recipe = Recipe.of(0.1, 5e-2, 0, 80);
    assertSameNetworks(recipe, ExpLr.of(recipe));
    assertThat(largestDistance(recipe, ExpLr.of(recipe).withoutCorrections())).isLessThan(BAR);
  }

  @Test
  void aPlateauTaperIsTheTwinOfAReduceOnPlateauRun() {
    Random random = new Random(4);
    ReduceOnPlateau recipe =
        new ReduceOnPlateau(StepDecay.from(0.1).dividedBy(10), 5e-3, 0.9, 2, 80);
    ReduceOnPlateau told = new ReduceOnPlateau(StepDecay.from(0.1).dividedBy(10), 5e-3, 0.9, 2, 80);
    PlateauTaper taper = PlateauTaper.of(told);
    ToyState decayed = START;
    ToyState growing = START;
    int tapered = 0;
    for (long t = 0; t < 80; t++) {
      if (t > 0 && t % 5 == 0) {
        double loss = t < 20 ? 1.0 / t : 1 + random.nextDouble();
        boolean reduced = recipe.observe(t, loss);
        assertThat(taper.observe(t, loss)).isEqualTo(reduced);
        tapered += reduced ? 1 : 0;
      }
      decayed = MomentumSgd.PAPER.step(decayed, LOSSES.at(t), recipe, t);
      growing = MomentumSgd.PAPER.step(growing, LOSSES.at(t), taper, t);
      assertThat(growing.distance(decayed)).isLessThan(BAR);
    }
    assertThat(tapered).isGreaterThan(1);
    assertThat(taper.weightDecay(79)).isZero();
  }

  // What must not be equal: each of these mistakes is far above the bar.

  @Test
  void texpWithoutItsCorrectionsIsNotExact() {
    assertThat(largestDistance(STEP, Texp.of(STEP).withoutCorrections())).isGreaterThan(1e-5);
  }

  @Test
  void ratesInsideTheBufferAsInDjlsSgdAreNotEquivalent() {
    Twin twin = TexpPlusPlus.of(STEP);
    List<ToyState> decayed = MomentumSgd.RATE_INSIDE_BUFFER.run(START, LOSSES, STEP);
    List<ToyState> growing = MomentumSgd.RATE_INSIDE_BUFFER.run(START, LOSSES, twin);
    assertThat(largestDistance(decayed, growing)).isGreaterThan(1e-3);
  }

  @Test
  void theIndexSlipOfEquations8And9IsNotEquivalent() {
    Twin twin = Texp.of(STEP);
    double firstGrowth = twin.logLearningRate(1) - twin.logLearningRate(0);
    Rates slipped =
        new Recipe(
            new LogSchedule(t -> twin.logLearningRate(Math.max(0, t - 1)) + firstGrowth),
            Schedule.constant(0),
            Schedule.constant(0.9),
            80);
    assertThat(largestDistance(STEP, slipped)).isGreaterThan(1e-3);
  }

  @Test
  void restartingWithoutTheBufferOffsetIsNotEquivalent() {
    Twin twin = TexpPlusPlus.of(STEP);
    ToyState decayed = MomentumSgd.PAPER.run(START, LOSSES, STEP).get(30);
    double scale = Math.exp(twin.logScale(30));
    ToyState exact = restart(decayed, scale, twin.bufferOffset(30));
    ToyState dropped = restart(decayed, scale, 0);
    ToyState next = MomentumSgd.PAPER.step(decayed, LOSSES.at(30), STEP, 30);
    assertThat(MomentumSgd.PAPER.step(exact, LOSSES.at(30), twin, 30).distance(next))
        .isLessThan(1e-14);
    ToyState wrong = MomentumSgd.PAPER.step(dropped, LOSSES.at(30), twin, 30);
    ToyState wronger = MomentumSgd.PAPER.step(wrong, LOSSES.at(31), twin, 31);
    ToyState after = MomentumSgd.PAPER.step(next, LOSSES.at(31), STEP, 31);
    assertThat(wronger.distance(after)).isGreaterThan(1e-6);
  }

  @Test
  void nesterovIsNotCovered() {
    List<ToyState> decayed = MomentumSgd.NESTEROV.run(START, LOSSES, STEP);
    List<ToyState> growing = MomentumSgd.NESTEROV.run(START, LOSSES, TexpPlusPlus.of(STEP));
    assertThat(largestDistance(decayed, growing)).isGreaterThan(1e-4);
  }

  private static ToyState restart(ToyState decayed, double scale, double offset) {
    double[] weights = decayed.weights();
    double[] buffer = decayed.buffer();
    for (int i = 0; i < weights.length; i++) {
      buffer[i] = (buffer[i] - offset * weights[i]) / scale;
      weights[i] *= scale;
    }
    return ToyState.of(weights, buffer);
  }

  private static void assertSameNetworks(Rates recipe, Twin twin) {
    assertSame(
        MomentumSgd.PAPER.run(START, LOSSES, recipe),
        MomentumSgd.PAPER.run(START, LOSSES, twin),
        twin);
  }

  private static void assertSame(List<ToyState> decayed, List<ToyState> growing, Twin twin) {
    assertThat(largestDistance(decayed, growing)).isLessThan(BAR);
    for (int t = 0; t < decayed.size(); t++) {
      double logRatio = Math.log(growing.get(t).norm() / decayed.get(t).norm());
      assertThat(logRatio).isCloseTo(twin.logScale(t), within(BAR));
    }
  }

  private static double largestDistance(Rates recipe, Rates other) {
    return largestDistance(
        MomentumSgd.PAPER.run(START, LOSSES, recipe), MomentumSgd.PAPER.run(START, LOSSES, other));
  }

  private static double largestDistance(List<ToyState> a, List<ToyState> b) {
    double largest = 0;
    for (int t = 0; t < a.size(); t++) {
      largest = Math.max(largest, a.get(t).distance(b.get(t)));
    }
    return largest;
  }

  private static ToyState start(long seed) {
    Random random = new Random(seed);
    return ToyState.of(random.doubles(6, -2, 2).toArray());
  }

  /** A schedule by its logarithm. */
  private record LogSchedule(Schedule logarithm) implements Schedule {

    @Override
    public double at(long iteration) {
      return Math.exp(logarithm.at(iteration));
    }

    @Override
    public double logAt(long iteration) {
      return logarithm.at(iteration);
    }
  }
}
