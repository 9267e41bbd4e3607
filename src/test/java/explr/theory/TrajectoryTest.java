package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrajectoryTest {

  private final Trajectory run =
      new Trajectory(List.of(ToyState.of(3, 0), ToyState.of(3, 4), ToyState.of(0, 4)));

  @Test
  void measuresNormsStepsAndAngles() {
    assertThat(run.squaredNorms()).containsExactly(new double[] {9, 25, 16}, within(1e-14));
    assertThat(run.squaredSteps()).containsExactly(new double[] {16, 9}, within(1e-14));
    assertThat(run.angles())
        .containsExactly(new double[] {Math.atan2(4, 3), Math.atan2(3, 4)}, within(1e-15));
    assertThat(run.last().norm()).isEqualTo(4);
  }

  @Test
  void smallAnglesKeepTheirDigits() {
    Trajectory small = new Trajectory(List.of(ToyState.of(1, 0), ToyState.of(1, 1e-9)));
    assertThat(small.angles()[0]).isCloseTo(1e-9, within(1e-23));
  }

  @Test
  void comparesDirectionsAlone() {
    Trajectory longer =
        new Trajectory(run.states().stream().map(s -> s.withNorm(7 * s.norm())).toList());
    assertThat(run.distances(longer)).containsExactly(new double[3], within(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.distances(new Trajectory(List.of(run.last()))))
        .withMessageContaining("3 and 1");
    assertThatIllegalArgumentException().isThrownBy(() -> run.last().withNorm(0));
  }
}
