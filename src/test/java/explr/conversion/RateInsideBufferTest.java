package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.optimizer.Optimizer;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.theory.MomentumSgd;
import explr.theory.ScaleInvariantLoss;
import explr.theory.ToyState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateInsideBufferTest {

  private static final Recipe DROPS =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(40, 60), 5e-3, 0.9, 80);

  static Stream<Recipe> recipes() {
    return Stream.of(
        DROPS,
        Recipe.of(Cosine.from(0.1).over(100).warmedUp(0, 12), 5e-3, 0.9, 80),
        new Recipe(
            t -> t < 3 ? 0 : 0.1 + 0.09 * Math.sin(7.0 * t),
            t -> 5e-3 * (t % 3),
            t -> t % 5 == 0 ? 0 : 0.8,
            80));
  }

  private static ScaleInvariantLoss toy(long t) {
    return ScaleInvariantLoss.ofDirection(
        d -> Math.sin(3 * d[0] + t) + d[1] * d[2],
        d -> new double[] {3 * Math.cos(3 * d[0] + t), d[2], d[1]});
  }

  /** The largest distance between the directions of a run and those of Keras, DJL and MXNet. */
  private static double distance(Recipe recipe, Rates twin) {
    ToyState start = ToyState.of(1.0, -0.5, 0.8);
    List<ToyState> original =
        MomentumSgd.RATE_INSIDE_BUFFER.run(start, RateInsideBufferTest::toy, recipe);
    List<ToyState> converted = MomentumSgd.PAPER.run(start, RateInsideBufferTest::toy, twin);
    double largest = 0;
    for (int t = 0; t < original.size(); t++) {
      largest = Math.max(largest, converted.get(t).distance(original.get(t)));
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theConvertedRunFollowsTheRunWithDecay(Recipe recipe) {
    assertThat(
            distance(
                recipe,
                Conversion.TEXP_PLUS_PLUS
                    .forOptimizer(new Optimizer.RateInsideBuffer())
                    .of(recipe)))
        .isLessThan(1e-12);
  }

  /** The negative control: what explr did before it knew this update rule. */
  @ParameterizedTest
  @MethodSource("recipes")
  void convertingItLikePyTorchsMomentumTrainsSomethingElse(Recipe recipe) {
    assertThat(distance(recipe, TexpPlusPlus.of(recipe))).isGreaterThan(1e-2);
  }

  @Test
  void theMomentumExceedsOneWhereTheRateDrops() {
    Twin twin = Conversion.TEXP_PLUS_PLUS.forOptimizer(new Optimizer.RateInsideBuffer()).of(DROPS);
    assertThat(twin.momentum(39)).isEqualTo(0.9);
    assertThat(twin.momentum(40)).isCloseTo(9, within(1e-13));
    assertThat(twin.momentum(41)).isEqualTo(0.9);
  }

  @Test
  void aRateThatFallsToZeroIsRefusedWithTheReason() {
    Recipe falls = Recipe.of(t -> t == 7 ? 0 : 0.1, 5e-3, 0.9, 10);
    assertThatThrownBy(
            () ->
                Conversion.TEXP_PLUS_PLUS.forOptimizer(new Optimizer.RateInsideBuffer()).of(falls))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at iteration 7")
        .hasMessageContaining("still moves the weights");
    Recipe without = new Recipe(falls.learningRate(), new Constant(5e-3), new Constant(0), 10);
    assertThat(
            distance(
                without,
                Conversion.TEXP_PLUS_PLUS
                    .forOptimizer(new Optimizer.RateInsideBuffer())
                    .of(without)))
        .isLessThan(1e-12);
  }

  @Test
  void otherConversionsAreRefused() {
    assertThatThrownBy(() -> Conversion.TEXP.forOptimizer(new Optimizer.RateInsideBuffer()))
        .hasMessageContaining("convert by texp++");
    assertThatThrownBy(() -> Conversion.RATE_INSIDE_BUFFER.forOptimizer(new Optimizer.Momentum()))
        .hasMessageContaining("not inside");
    assertThat(Conversion.TEXP_PLUS_PLUS.forOptimizer(new Optimizer.RateInsideBuffer()))
        .isEqualTo(Conversion.RATE_INSIDE_BUFFER);
  }
}
