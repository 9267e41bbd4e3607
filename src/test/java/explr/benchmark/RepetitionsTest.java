package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RepetitionsTest {

  @Test
  void slowStepsAreFewerATurnButAtLeastOne() {
    Repetitions plan = new Repetitions(7, 10, 1);
    assertThat(plan.stepsPerTurn(0.2)).isEqualTo(10);
    assertThat(plan.stepsPerTurn(2)).isEqualTo(2);
    assertThat(plan.stepsPerTurn(60)).isEqualTo(1);
  }

  @Test
  void nothingIsMeasuredZeroTimes() {
    assertThatThrownBy(() -> new Repetitions(0, 10, 1)).hasMessageContaining("not 0");
  }
}
