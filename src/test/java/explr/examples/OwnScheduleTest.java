package explr.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.Reverse;
import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import explr.schedule.Constant;
import explr.schedule.Recipe;
import explr.theory.MomentumSgd;
import explr.theory.Ripples;
import explr.theory.ToyState;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnScheduleTest {

  private static final Recipe RECIPE = Recipe.of(new OwnSchedule(0.1, 500), 5e-4, 0.9, 10_000);
  private static final Twin TWIN = TexpPlusPlus.of(RECIPE);

  @Test
  void hasTheValuesThatItsFormulaSays() {
    assertThat(RECIPE.learningRate(0)).isZero();
    assertThat(RECIPE.learningRate(250)).isEqualTo(0.05);
    assertThat(RECIPE.learningRate(500)).isEqualTo(0.1);
    assertThat(RECIPE.learningRate(2_000)).isEqualTo(0.05);
  }

  @Test
  void itsConversionLeadsBackToIt() {
    Recipe back = Reverse.withDecay(TWIN, new Constant(5e-4));
    for (long t = 0; t < RECIPE.iterations(); t++) {
      double rate = RECIPE.learningRate(t);
      assertThat(back.learningRate(t)).isCloseTo(rate, within(1e-12 * rate));
      assertThat(TWIN.learningRate(t)).isGreaterThanOrEqualTo(rate);
    }
  }

  @Test
  void itsConversionTrainsTheSameNetworks() {
    Recipe recipe = Recipe.of(new OwnSchedule(0.1, 20), 5e-3, 0.9, 80);
    ToyState start = ToyState.of(new Random(5).doubles(6, -2, 2).toArray());
    List<ToyState> decayed = MomentumSgd.PAPER.run(start, Ripples.of(6, 11), recipe);
    List<ToyState> growing =
        MomentumSgd.PAPER.run(start, Ripples.of(6, 11), TexpPlusPlus.of(recipe));
    for (int t = 0; t <= 80; t++) {
      assertThat(growing.get(t).distance(decayed.get(t))).isLessThan(1e-11);
    }
  }
}
