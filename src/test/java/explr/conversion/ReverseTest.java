package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Exponential;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.theory.MomentumSgd;
import explr.theory.Ripples;
import explr.theory.ToyState;
import org.junit.jupiter.api.Test;

class ReverseTest {

  private static final Recipe GROWING =
      Recipe.of(Exponential.from(0.1).multipliedBy(1.01), 0, 0.9, 60);

  @Test
  void aConstantGrowthStandsForAConstantRecipe() {
    Recipe constant = Reverse.constant(0.1, 1.01, 0.9, 60);
    double product = constant.learningRate(1) * constant.weightDecay(1);
    assertThat(product).isLessThan(CharacteristicRoot.critical(0.9));
    double z =
        CharacteristicRoot.of(constant.learningRate(1), constant.weightDecay(1), 0.9).value();
    assertThat(1 / (z * z)).isCloseTo(1.01, within(1e-14));
    assertThat(constant.weightDecay(0)).isGreaterThan(constant.weightDecay(1));

    Twin back = TexpPlusPlus.of(constant);
    for (long t = 0; t < 60; t++) {
      assertThat(back.logLearningRate(t)).isCloseTo(GROWING.logLearningRate(t), within(1e-13));
    }
  }

  @Test
  void everyDecayGivesARecipeWithTheSameNetworks() {
    Ripples losses = Ripples.of(4, 3);
    ToyState start = ToyState.of(1, -2, 0.5, 1);
    ToyState end = MomentumSgd.PAPER.run(start, losses, GROWING).get(60);
    for (double decay : new double[] {0, 1e-3, 1e-2}) {
      Recipe recipe = Reverse.withDecay(GROWING, Schedule.constant(decay));
      ToyState other = MomentumSgd.PAPER.run(start, losses, recipe).get(60);
      assertThat(other.distance(end)).isLessThan(1e-11);
    }
  }

  @Test
  void aRateThatWouldNeedNegativeDecayIsRefused() {
    assertThatThrownBy(() -> Reverse.withRate(GROWING, Schedule.constant(0.1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at iteration 2")
        .hasMessageContaining("negative");
  }

  @Test
  void aGrowthBeyondTheLargerRootIsRefused() {
    assertThatThrownBy(() -> Reverse.constant(0.1, 1.2, 0.9, 60)).hasMessageContaining("1.2");
    assertThatThrownBy(() -> Reverse.constant(0.1, 0.99, 0.9, 60)).hasMessageContaining("0.99");
  }

  @Test
  void aRunWithDecayHasNoWayBack() {
    assertThatThrownBy(() -> Reverse.withDecay(Recipe.of(0.1, 1e-3, 0.9, 5), Schedule.constant(0)))
        .hasMessageContaining("0.001");
  }
}
