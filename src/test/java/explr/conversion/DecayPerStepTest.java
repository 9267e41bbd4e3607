package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.theory.MomentumSgd;
import explr.theory.Ripples;
import explr.theory.ToyState;
import org.junit.jupiter.api.Test;

class DecayPerStepTest {

  @Test
  void leadsToTheUsualParametrisationAndBack() {
    Recipe recipe = Recipe.of(StepDecay.from(0.1).dividedBy(10).after(5), 5e-4, 0.9, 10);
    Recipe back = DecayPerStep.of(recipe).toRecipe();
    for (long t = 0; t < 10; t++) {
      assertThat(back.weightDecay(t)).isCloseTo(5e-4, within(1e-18));
      assertThat(back.learningRate(t)).isEqualTo(recipe.learningRate(t));
    }
  }

  /** Only η/|θ_0|² matters: rate and square of the initial norm times 4 train the same networks. */
  @Test
  void theRateIsAsGoodAsTheScaleOfTheInitialWeights() {
    Ripples losses = Ripples.of(4, 3);
    ToyState small = MomentumSgd.PAPER.run(ToyState.of(1, -2, 0.5, 1), losses, recipe(0.1)).get(50);
    ToyState large = MomentumSgd.PAPER.run(ToyState.of(2, -4, 1, 2), losses, recipe(0.4)).get(50);
    assertThat(large.distance(small)).isLessThan(1e-12);
    Recipe usual = Recipe.of(0.4, 1e-3 / 0.1, 0.9, 50);
    ToyState sensitive = MomentumSgd.PAPER.run(ToyState.of(2, -4, 1, 2), losses, usual).get(50);
    assertThat(sensitive.distance(small)).isGreaterThan(1e-5);
  }

  @Test
  void refusesToTakeAllTheWeightsOrToDecayWithoutARate() {
    Recipe all = recipe(Schedule.constant(0.1), 1);
    assertThatThrownBy(all::validate).hasMessageContaining("iteration 0 it is 1.0");
    Recipe stopped = recipe(t -> t == 4 ? 0 : 0.1, 1e-3);
    assertThatThrownBy(stopped::validate).hasMessageContaining("iteration 4 it is 0.0");
  }

  private static Recipe recipe(double rate) {
    return recipe(Schedule.constant(rate), 1e-3);
  }

  private static Recipe recipe(Schedule rate, double decayPerStep) {
    return new DecayPerStep(rate, Schedule.constant(decayPerStep), Schedule.constant(0.9), 50)
        .toRecipe();
  }
}
