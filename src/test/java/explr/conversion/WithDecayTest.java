package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.optimizer.Optimizer;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.statistics.Distance;
import explr.theory.OptimizerState;
import explr.theory.OptimizerSteps;
import explr.theory.Ripples;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WithDecayTest {

  private static final List<Optimizer> DECOUPLED =
      List.of(
          new Optimizer.DecoupledMomentum(),
          Optimizer.AdamW.of(0.99, 1e-3),
          Optimizer.Lion.of(0.99),
          new Optimizer.SignSgd(),
          new Optimizer.Muon(true, 1e-2));

  static Stream<Recipe> recipes() {
    return RandomRecipes.changing(21, 1000);
  }

  /** A million rates, decays and momenta, some of them 0. */
  @ParameterizedTest
  @MethodSource("recipes")
  void leadsBackToTheRecipe(Recipe recipe) {
    for (Optimizer optimizer :
        List.of(new Optimizer.DecoupledMomentum(), Optimizer.Lion.of(0.99))) {
      Rates twin = FollowingBuffers.of(recipe, optimizer);
      check(WithDecay.of(twin, recipe.weightDecay(), optimizer), twin, recipe);
    }
    Rates twin = TexpPlusPlus.of(recipe);
    check(WithDecay.of(twin, recipe.weightDecay(), new Optimizer.Momentum()), twin, recipe);
  }

  private static void check(Rates back, Rates twin, Recipe recipe) {
    for (long t = 0; t < recipe.iterations(); t++) {
      double rate = recipe.learningRate(t);
      assertThat(back.learningRate(t)).isCloseTo(rate, within(1e-12 * rate));
      assertThat(back.weightDecay(t)).isEqualTo(recipe.weightDecay(t));
      assertThat(back.momentum(t)).isEqualTo(recipe.momentum(t));
      assertThat(back.bufferFactor(t)).isCloseTo(1, within(1e-14));
      assertThat(back.logScale(t)).isCloseTo(-twin.logScale(t), within(1e-12));
    }
  }

  static Stream<Optimizer> optimizers() {
    return DECOUPLED.stream();
  }

  /** With another decay than the one that the rate came from. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void anyChosenDecayTrainsTheSameDirections(Optimizer optimizer) {
    Recipe growing =
        new Recipe(
            t -> 0.01 * Math.exp(0.01 * t), Schedule.constant(0), Schedule.constant(0.9), 200);
    Schedule decay = t -> t < 100 ? 1.5 : 0.2;
    Rates back = WithDecay.of(growing, decay, optimizer);
    assertThat(distance(optimizer, growing, back)).isLessThan(1e-9);
    Rates without = new WithoutFactor(back);
    assertThat(distance(optimizer, growing, without)).isGreaterThan(1e-3);
  }

  /** The negative control. */
  private record WithoutFactor(Rates rates) implements ForwardingRates {
    @Override
    public double bufferFactor(long iteration) {
      return 1;
    }
  }

  private static double distance(Optimizer optimizer, Rates growing, Rates decayed) {
    OptimizerSteps steps = new OptimizerSteps(optimizer, 4);
    Random random = new Random(5);
    double[] start = IntStream.range(0, 12).mapToDouble(i -> random.nextGaussian()).toArray();
    List<OptimizerState> one = steps.run(steps.start(start), Ripples.of(12, 3), growing);
    List<OptimizerState> two = steps.run(steps.start(start), Ripples.of(12, 3), decayed);
    double largest = 0;
    for (int t = 0; t < one.size(); t++) {
      largest = Math.max(largest, Distance.between(one.get(t).direction(), two.get(t).direction()));
    }
    return largest;
  }

  @Test
  void whatHasNoWayBackIsRefused() {
    Recipe recipe = Recipe.of(0.1, 0, 0.9, 10);
    for (Optimizer optimizer :
        List.of(new Optimizer.Nesterov(), new Optimizer.RateInsideBuffer())) {
      assertThatThrownBy(() -> WithDecay.of(recipe, Schedule.constant(0.1), optimizer))
          .hasMessageContaining("is for momentum SGD in PyTorch's form");
      assertThatThrownBy(() -> Conversion.WITH_DECAY.forOptimizer(optimizer))
          .hasMessageContaining("is for momentum SGD in PyTorch's form");
    }
    Recipe decayed = Recipe.of(0.1, 0.1, 0.9, 10);
    assertThatThrownBy(
            () -> WithDecay.of(decayed, Schedule.constant(0.1), new Optimizer.Momentum()))
        .hasMessageContaining("at iteration 0 it is 0.1");
    assertThatThrownBy(() -> WithDecay.of(recipe, t -> -1, Optimizer.Lion.of(0.9)))
        .hasMessageContaining("weight decay must be ≥ 0");
  }
}
