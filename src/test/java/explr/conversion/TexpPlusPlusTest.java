package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import org.junit.jupiter.api.Test;

class TexpPlusPlusTest {

  @Test
  void isTheRecipeItselfWithoutWeightDecay() {
    Recipe recipe = Recipe.of(Cosine.from(0.1).over(50), 0, 0.9, 50);
    Twin twin = TexpPlusPlus.of(recipe);
    for (long t = 0; t < 50; t++) {
      assertThat(twin.logLearningRate(t)).isEqualTo(recipe.logLearningRate(t));
      assertThat(twin.logScale(t)).isZero();
      assertThat(twin.correction(t)).isZero();
    }
  }

  @Test
  void settlesToTheGrowthOfTheCharacteristicRoot() {
    Twin twin = TexpPlusPlus.of(Recipe.of(0.1, 5e-4, 0.9, 1000));
    assertThat(twin.oneMinusAlpha(0)).isEqualTo(5e-5);
    assertThat(twin.oneMinusAlpha(999))
        .isCloseTo(CharacteristicRoot.of(0.1, 5e-4, 0.9).oneMinus(), within(1e-17));
  }

  @Test
  void convertsAWarmUpFromZero() {
    Recipe recipe = Recipe.of(t -> Math.min(1, t / 10.0), 1e-3, 0.9, 30);
    Twin twin = TexpPlusPlus.of(recipe);
    assertThat(twin.logLearningRate(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(twin.logScale(1)).isZero();
    assertThat(twin.bufferOffset(1)).isEqualTo(1e-3);
  }

  @Test
  void existsWhereTheProductIsAboveCriticalForAWhile() {
    Recipe recipe = Recipe.of(t -> t < 5 ? 10 : 0.1, 5e-4, 0.9, 100);
    assertThat(10 * 5e-4).isGreaterThan(CharacteristicRoot.critical(0.9));
    assertThat(TexpPlusPlus.of(recipe).logScale(100)).isPositive();
  }

  @Test
  void namesTheIterationAtWhichAlphaIsNoLongerPositive() {
    Recipe recipe = Recipe.of(t -> t < 7 ? 0.1 : 2000, 5e-4, 0.9, 100);
    assertThatThrownBy(() -> TexpPlusPlus.of(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iteration 7")
        .hasMessageContaining("learning rate 2000.0")
        .hasMessageContaining("is not positive");
    assertThat(TexpPlusPlus.existsFor(recipe)).isEqualTo(7);
    assertThat(TexpPlusPlus.existsFor(Recipe.of(0.1, 5e-4, 0.9, 100))).isEqualTo(100);
  }

  @Test
  void namesIterationAndValueOfWhatIsOutOfRange() {
    assertThatThrownBy(() -> TexpPlusPlus.of(Recipe.of(t -> 3.0 - t, 5e-4, 0.9, 10)))
        .hasMessageContaining("iteration 4 it is -1.0");
    assertThatThrownBy(
            () ->
                TexpPlusPlus.of(
                    new Recipe(new Constant(0.1), t -> t == 6 ? Double.NaN : 0, t -> 0.9, 10)))
        .hasMessageContaining("weight decay")
        .hasMessageContaining("iteration 6 it is NaN");
    assertThatThrownBy(() -> TexpPlusPlus.of(Recipe.of(0.1, 5e-4, 1, 10)))
        .hasMessageContaining("momentum")
        .hasMessageContaining("iteration 0 it is 1.0");
  }

  @Test
  void refusesARunThatMakesCorrections() {
    assertThatThrownBy(() -> TexpPlusPlus.of(ExpLr.of(0.1, 5e-4, 0.9, 10)))
        .hasMessageContaining("iteration 0");
  }

  @Test
  void convertsAMillionIterations() {
    Epochs epochs = Epochs.of(391);
    Recipe recipe =
        Recipe.of(
            StepDecay.from(0.1).dividedBy(10).after(80, 120).perEpoch(epochs),
            5e-4,
            0.9,
            1_000_000);
    Twin twin = TexpPlusPlus.of(recipe);
    assertThat(twin.iterations()).isEqualTo(1_000_000);
    assertThat(twin.logLearningRate(62_559)).isCloseTo(26.23429024, within(1e-8));
  }
}
