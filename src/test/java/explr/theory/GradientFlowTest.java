package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Recipe;
import org.junit.jupiter.api.Test;

class GradientFlowTest {

  private final ScaleInvariantLoss loss = Ripples.of(4, 12).at(0);
  private final ToyState start = ToyState.of(1, -0.5, 0.8, 0.3);

  @Test
  void flowsWithAndWithoutDecayHaveOnePath() {
    ToyState decayed = GradientFlow.after(loss, start, 0.2, 4, 4000);
    ToyState free = GradientFlow.after(loss, start, 0, GradientFlow.timeWithoutDecay(0.2, 4), 4000);
    assertThat(decayed.distance(free)).isLessThan(1e-10);
    assertThat(decayed.norm()).isCloseTo(start.norm() * Math.exp(-0.8), within(1e-11));
    assertThat(free.norm()).isCloseTo(start.norm(), within(1e-11));
    assertThat(free.distance(start)).isGreaterThan(0.1);
  }

  @Test
  void discreteRunsLeaveThatPath() {
    Recipe recipe = Recipe.of(0.5, 0.2, 0, 30);
    ToyState decayed = MomentumSgd.PAPER.run(start, t -> loss, recipe).get(30);
    ToyState flow = GradientFlow.after(loss, start, 0.2, 15, 4000);
    assertThat(decayed.distance(flow)).isGreaterThan(1e-2);
  }

  @Test
  void refusesNegativeTime() {
    assertThatThrownBy(() -> GradientFlow.timeWithoutDecay(0.1, -1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> GradientFlow.after(loss, start, 0, 1, 0)).hasMessageContaining("0");
  }
}
