package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.CharacteristicRoot;
import explr.conversion.GrowthRatio;
import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BoundsTest {

  private static final Recipe PAPER =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(31_280, 46_920), 5e-4, 0.9, 62_560);

  static Stream<Recipe> recipes() {
    Random random = new Random(8);
    return Stream.generate(
            () -> {
              double momentum = 0.99 * random.nextDouble();
              double rate = Math.pow(10, -2 * random.nextDouble());
              double part = 1 - Math.pow(10, -6 * random.nextDouble());
              double decay = part * CharacteristicRoot.critical(momentum) / rate;
              double divisor = 1 + 9 * random.nextDouble();
              return Recipe.of(
                  StepDecay.from(rate).dividedBy(divisor).after(50, 90), decay, momentum, 150);
            })
        .limit(1000);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void lemmaB1(Recipe recipe) {
    double rate = recipe.learningRate(0);
    double decay = recipe.weightDecay(0);
    double momentum = recipe.momentum(0);
    CharacteristicRoot root = CharacteristicRoot.of(rate, decay, momentum);
    RootBounds bounds = RootBounds.of(rate, decay, momentum);
    assertThat(root.value()).isBetween(bounds.lower() - 1e-15, bounds.upper() + 1e-15);
    assertThat(root.smaller()).isBetween(momentum - 1e-15, root.value());
    assertThat(root.value() + root.smaller()).isCloseTo(1 + momentum - rate * decay, within(1e-15));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void lemmaB7(Recipe recipe) {
    AlphaBounds bounds = AlphaBounds.of(recipe);
    Twin twin = TexpPlusPlus.of(recipe);
    for (long t = 0; t < recipe.iterations(); t++) {
      assertThat(1 - twin.oneMinusAlpha(t)).isBetween(bounds.lowest() - 1e-15, bounds.highest());
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theCorrectedConstantOfTheoremB8HoldsUpToTheCriticalProduct(Recipe recipe) {
    GrowthRatio ratio = GrowthRatio.of(recipe);
    GrowthRatioBound bound = GrowthRatioBound.of(recipe);
    for (long start : new long[] {0, 50, 90}) {
      long end = start == 0 ? 50 : start == 50 ? 90 : 150;
      for (long t = start + 1; t < end; t++) {
        assertThat(Math.abs(ratio.minusOne(t)))
            .isLessThanOrEqualTo(bound.corrected(t - start) * (1 + 1e-9));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.995", "0.8, 0.962", "0.9, 0.935", "0.95, 0.915", "0.99, 0.895"})
  void thePrintedConstantFailsNearTheCriticalProduct(double momentum, double part) {
    assertThat(printedHolds(momentum, part - 0.002)).isTrue();
    assertThat(printedHolds(momentum, part + 0.002)).isFalse();
  }

  private static boolean printedHolds(double momentum, double part) {
    Recipe recipe = Recipe.of(1, part * CharacteristicRoot.critical(momentum), momentum, 2000);
    GrowthRatio ratio = GrowthRatio.of(recipe);
    GrowthRatioBound bound = GrowthRatioBound.of(recipe);
    for (long t = 1; t < recipe.iterations(); t++) {
      if (Math.abs(ratio.minusOne(t)) > bound.printed(t)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void atThePapersSettingsTheRatioIs8e4AtFirstAnd2e7WhereAPhaseBegins() {
    GrowthRatio ratio = GrowthRatio.of(PAPER);
    assertThat(ratio.minusOne(1)).isCloseTo(8.6e-4, within(5e-6));
    assertThat(GrowthRatioBound.of(PAPER).printed(1)).isCloseTo(1.5e-3, within(1e-9));
    assertThat(Math.abs(ratio.minusOne(31_280))).isCloseTo(2.0e-7, within(5e-9));
  }

  @Test
  void theoremB8IsForConstantMomentum() {
    Recipe recipe =
        new Recipe(Schedule.constant(0.1), Schedule.constant(1e-4), t -> t < 3 ? 0.5 : 0.9, 10);
    assertThatThrownBy(() -> GrowthRatioBound.of(recipe))
        .hasMessageContaining("iteration 3")
        .hasMessageContaining("0.9");
    assertThatThrownBy(() -> GrowthRatioBound.of(PAPER).printed(0)).hasMessageContaining("0");
  }
}
