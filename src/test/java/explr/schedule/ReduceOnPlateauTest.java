package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReduceOnPlateauTest {

  private final ReduceOnPlateau recipe =
      new ReduceOnPlateau(StepDecay.from(0.1).dividedBy(10), 5e-4, 0.9, 1, 100);

  @Test
  void dividesTheRateWhenPatienceIsOver() {
    assertThat(recipe.observe(10, 1.0)).isFalse();
    assertThat(recipe.observe(20, 0.5)).isFalse();
    assertThat(recipe.observe(30, 0.6)).isFalse();
    assertThat(recipe.observe(40, 0.49999)).isTrue();
    assertThat(recipe.learningRate(39)).isEqualTo(0.1);
    assertThat(recipe.learningRate(40)).isEqualTo(0.01);
    assertThat(recipe.observe(50, Double.NaN)).isFalse();
    assertThat(recipe.observe(60, 0.6)).isTrue();
    assertThat(recipe.learningRate(99)).isEqualTo(0.001);
    assertThat(recipe.soFar().learningRate(59)).isEqualTo(0.01);
  }

  @Test
  void isRestoredByItsObservations() {
    recipe.observe(10, 1.0);
    recipe.observe(20, 1.0);
    recipe.observe(30, 1.0);
    ReduceOnPlateau restored =
        new ReduceOnPlateau(StepDecay.from(0.1).dividedBy(10), 5e-4, 0.9, 1, 100);
    recipe.observations().forEach(o -> restored.observe(o.iteration(), o.loss()));
    assertThat(restored.soFar().learningRate(30)).isEqualTo(recipe.learningRate(30));
    assertThat(recipe.learningRate(30)).isEqualTo(0.01);
  }

  @Test
  void wantsLossesInOrder() {
    recipe.observe(10, 1.0);
    assertThatThrownBy(() -> recipe.observe(10, 1.0)).hasMessageContaining("10 follows 10");
  }
}
