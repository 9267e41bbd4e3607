package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Recipe;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GrowthRatioTest {

  static Stream<Recipe> recipes() {
    return RandomRecipes.inPhases(33, 1000);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theRatioIsWhatTheTwoSchedulesSay(Recipe recipe) {
    Twin plusPlus = TexpPlusPlus.of(recipe);
    Twin texp = Texp.of(recipe);
    GrowthRatio ratio = GrowthRatio.of(recipe);
    for (long t = 0; t < recipe.iterations(); t++) {
      double between = plusPlus.logLearningRate(t) - texp.logLearningRate(t);
      assertThat(ratio.logRateRatio(t)).isCloseTo(between, within(1e-12));
      if (t > 0) {
        double growth = ratio.logRateRatio(t - 1) - ratio.logRateRatio(t);
        assertThat(ratio.minusOne(t)).isCloseTo(Math.expm1(growth), within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theLogarithmIsThatOfTheDistance(Recipe recipe) {
    GrowthRatio ratio = GrowthRatio.of(recipe);
    for (long t = 1; t < recipe.iterations(); t++) {
      double distance = Math.abs(ratio.minusOne(t));
      if (distance == 0) {
        assertThat(ratio.logDistance(t)).isLessThan(Math.log(Double.MIN_NORMAL));
      } else if (distance > Double.MIN_NORMAL) {
        assertThat(ratio.logDistance(t)).isCloseTo(Math.log(distance), within(1e-12));
      }
    }
  }

  @Test
  void withoutMomentumTheTwoSchedulesAreOne() {
    GrowthRatio ratio = GrowthRatio.of(Recipe.of(0.1, 0.5, 0, 5));
    assertThat(ratio.minusOne(1)).isZero();
    assertThat(ratio.logDistance(4)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ratio.logRateRatio(4)).isZero();
  }

  @Test
  void atTheCriticalProductTheDeviationFallsAsOneOverN() {
    // (1 − √γ)² is a double exactly at γ = 1/4: both roots are 1/2, and d_n = 1/(4 + 2n).
    GrowthRatio ratio = GrowthRatio.of(Recipe.of(1, 0.25, 0.25, 4000));
    assertThat(ratio.minusOne(4) / ratio.minusOne(3)).isCloseTo(4.0 / 5, within(1e-14));
    assertThat(ratio.minusOne(3999)).isCloseTo(2.0 / 4000, within(1e-15));
  }

  @Test
  void iterationsThatHaveNoGrowthAreRefused() {
    GrowthRatio ratio = GrowthRatio.of(Recipe.of(0.1, 5e-4, 0.9, 5));
    assertThatThrownBy(() -> ratio.logDistance(0)).hasMessageContaining("1 … 4, not at 0");
    assertThatThrownBy(() -> ratio.logRateRatio(5)).hasMessageContaining("iteration 5");
  }
}
