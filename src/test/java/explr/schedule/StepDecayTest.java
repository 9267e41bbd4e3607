package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepDecayTest {

  private final StepDecay stepDecay = StepDecay.from(0.1).dividedBy(10).after(80, 120);

  @Test
  void changesAtEachMilestone() {
    assertThat(stepDecay.at(79)).isEqualTo(0.1);
    assertThat(stepDecay.at(80)).isEqualTo(0.01);
    assertThat(stepDecay.at(119)).isEqualTo(0.01);
    assertThat(stepDecay.at(120)).isEqualTo(0.001);
  }

  @Test
  void countsEpochsIfToldTo() {
    Schedule perEpoch = stepDecay.perEpoch(Epochs.of(391));
    assertThat(perEpoch.at(80 * 391 - 1)).isEqualTo(0.1);
    assertThat(perEpoch.at(80 * 391)).isEqualTo(0.01);
    assertThat(perEpoch.logAt(80 * 391)).isEqualTo(Math.log(0.01));
  }

  @Test
  void keepsItsLogarithmWhereTheValueLeavesTheRangeOfADouble() {
    StepDecay tiny = StepDecay.from(1).dividedBy(1e200).after(1, 2);
    assertThat(tiny.at(2)).isZero();
    assertThat(tiny.logAt(2)).isCloseTo(-400 * Math.log(10), within(1e-10));
  }

  @Test
  void refusesMilestonesOutOfOrder() {
    assertThatThrownBy(() -> StepDecay.from(0.1).dividedBy(10).after(120, 80))
        .hasMessageContaining("80 follows 120");
    assertThatThrownBy(() -> StepDecay.from(0.1).dividedBy(10).after(0))
        .hasMessageContaining("0 follows 0");
  }

  @Test
  void refusesANegativeRateAndADivisorOfZero() {
    assertThatThrownBy(() -> StepDecay.from(-0.1)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> StepDecay.from(0.1).dividedBy(0)).hasMessageContaining("0.0");
  }
}
