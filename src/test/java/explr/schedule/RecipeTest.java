package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecipeTest {

  @Test
  void drivesARunByItsOwnSchedules() {
    Recipe recipe = Recipe.of(0.1, 5e-4, 0.9, 100);
    assertThat(recipe.logLearningRate(7)).isEqualTo(Math.log(0.1));
    assertThat(recipe.weightDecay(7)).isEqualTo(5e-4);
    assertThat(recipe.momentum(7)).isEqualTo(0.9);
    assertThat(recipe.correction(0)).isZero();
    assertThat(recipe.logScale(100)).isZero();
  }

  @Test
  void refusesARunOfNoIterations() {
    assertThatThrownBy(() -> Recipe.of(0.1, 5e-4, 0.9, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }

  @Test
  void findsTheFirstValueOutOfRangeBeforeTraining() {
    Recipe recipe = Recipe.of(t -> t == 42 ? Double.NaN : 0.1, 5e-4, 0.9, 100);
    assertThatThrownBy(recipe::validate)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iteration 42 it is NaN");
    Recipe.of(0.1, 5e-4, 0.9, 100).validate();
  }
}
