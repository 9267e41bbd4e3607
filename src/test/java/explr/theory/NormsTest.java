package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Cosine;
import explr.schedule.Recipe;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Theorems C.1, C.2 and B.12 on the toy. */
class NormsTest {

  private static final Ripples LOSSES = Ripples.of(8, 5);
  private static final ToyState START = ToyState.of(new Random(9).doubles(8, -1, 1).toArray());

  static Stream<Recipe> recipes() {
    Random random = new Random(10);
    return Stream.generate(
            () ->
                Recipe.of(
                    Cosine.from(random.nextDouble()).to(0.01).over(100),
                    0.05 * random.nextDouble(),
                    0.95 * random.nextDouble(),
                    100))
        .limit(300);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void normsFollowFromTheStepsByEquation27(Recipe recipe) {
    List<ToyState> states = MomentumSgd.PAPER.run(START, LOSSES, recipe);
    double[] norms = NormGrowth.squaredNorms(recipe, square(START), squaredSteps(states));
    for (int t = 0; t < norms.length; t++) {
      double exact = square(states.get(t));
      assertThat(norms[t]).isCloseTo(exact, within(1e-11 * square(START)));
    }
  }

  @Test
  void theSumOfTheoremC1HoldsWithAnInitialBufferToo() {
    double rate = 0.3;
    double momentum = 0.8;
    double[] buffer = new Random(3).doubles(8, -0.2, 0.2).toArray();
    ToyState start = ToyState.of(START.weights(), buffer);
    List<ToyState> states = MomentumSgd.PAPER.run(start, LOSSES, Recipe.of(rate, 0, momentum, 60));
    ToyState before = ToyState.of(Vectors.plus(START.weights(), rate, buffer));
    double stepBefore = rate * rate * Vectors.dot(buffer, buffer);
    double predicted =
        NormGrowth.theoremC1(
            momentum, square(START), square(before), stepBefore, squaredSteps(states));
    assertThat(predicted).isCloseTo(square(states.get(60)), within(1e-12));
  }

  @Test
  void withoutDecayNormsNeverFall() {
    List<ToyState> states = MomentumSgd.PAPER.run(START, LOSSES, Recipe.of(0.3, 0, 0.9, 200));
    for (int t = 0; t < 200; t++) {
      assertThat(states.get(t + 1).norm()).isGreaterThanOrEqualTo(states.get(t).norm());
    }
  }

  @Test
  void longRunMeansHaveTheRatioOfTheoremC2() {
    Equilibrium equilibrium = new Equilibrium(0.1, 0.01, 0.9);
    Recipe recipe = Recipe.of(0.1, 0.01, 0.9, 40_000);
    List<ToyState> states = MomentumSgd.PAPER.run(START, LOSSES, recipe);
    List<ToyState> late = states.subList(5_000, states.size());
    double[] steps = squaredSteps(late);
    double norms = late.stream().mapToDouble(NormsTest::square).average().orElseThrow();
    double mean =
        Stream.of(steps).flatMapToDouble(java.util.Arrays::stream).average().orElseThrow();
    assertThat(mean / norms)
        .isCloseTo(
            equilibrium.squaredStepOverSquaredNorm(),
            within(0.02 * equilibrium.squaredStepOverSquaredNorm()));
  }

  @Test
  void stepDecayRelaxesIn500And5000And50000Iterations() {
    assertThat(new Equilibrium(0.1, 5e-4, 0.9).relaxation()).isCloseTo(500, within(1e-9));
    assertThat(new Equilibrium(0.01, 5e-4, 0.9).relaxation()).isCloseTo(5_000, within(1e-8));
    assertThat(new Equilibrium(0.001, 5e-4, 0.9).relaxation()).isCloseTo(50_000, within(1e-7));
    assertThat(new Equilibrium(0.1, 5e-4, 0.9).anglePerStep())
        .isCloseTo(Math.sqrt(1e-4 / 1.9), within(1e-16));
    assertThatThrownBy(() -> new Equilibrium(0.1, 0, 0.9)).hasMessageContaining("0.0");
  }

  @Test
  void stepsThatAlwaysDescendEnoughWouldForceTheWeightsToZero() {
    ScaleInvariantLoss loss = LOSSES.at(0);
    double rate = 0.05;
    double decay = 0.1;
    Recipe recipe = Recipe.of(rate, decay, 0, 4_000);
    List<ToyState> states = MomentumSgd.PAPER.run(START, t -> loss, recipe);
    double smallest = Double.POSITIVE_INFINITY;
    double sum = 0;
    int t = 0;
    while (SufficientDescent.constant(loss, states.get(t), states.get(t + 1), rate) > 0.1) {
      smallest =
          Math.min(
              smallest, SufficientDescent.constant(loss, states.get(t), states.get(t + 1), rate));
      sum += square(states.get(t));
      t++;
    }
    assertThat(t).as("the steps of descent end, as the theorem says they must").isBetween(10, 3999);
    double excess = loss.value(START.weights()) + 1.5; // the toy is never below −1.5
    assertThat(sum)
        .isLessThan(
            SufficientDescent.sumOfSquaredNorms(square(START), excess, smallest, rate, decay));
    assertThatThrownBy(() -> SufficientDescent.sumOfSquaredNorms(1, 1, 0, rate, decay))
        .hasMessageContaining("not 0.0");
  }

  private static double square(ToyState state) {
    return Vectors.dot(state.weights(), state.weights());
  }

  private static double[] squaredSteps(List<ToyState> states) {
    double[] steps = new double[states.size() - 1];
    for (int t = 0; t < steps.length; t++) {
      double[] step = Vectors.plus(states.get(t + 1).weights(), -1, states.get(t).weights());
      steps[t] = Vectors.dot(step, step);
    }
    return steps;
  }
}
