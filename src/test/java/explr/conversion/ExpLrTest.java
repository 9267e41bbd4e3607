package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import org.junit.jupiter.api.Test;

class ExpLrTest {

  private static final Epochs EPOCHS = Epochs.of(391);

  @Test
  void growsBy1_48123AnEpochAtThePapersSettings() {
    Twin twin = ExpLr.of(0.1, 5e-4, 0.9, EPOCHS.iterations(160));
    double growth = twin.logLearningRate(391 * 80) - twin.logLearningRate(391 * 79);
    assertThat(Math.exp(growth)).isCloseTo(1.48123, within(5e-6));
  }

  @Test
  void startsAtTheRateOverTheRootAndCorrectsTheBufferOnce() {
    Twin twin = ExpLr.of(0.1, 5e-4, 0.9, 10);
    double z = CharacteristicRoot.of(0.1, 5e-4, 0.9).value();
    assertThat(twin.learningRate(0)).isCloseTo(0.1 / z, within(1e-16));
    assertThat(twin.correction(0)).isCloseTo(-(1 - z) / (z * z), within(1e-16));
    assertThat(twin.correction(1)).isZero();
    assertThat(twin.withoutCorrections().correction(0)).isZero();
    assertThat(twin.weightDecay(3)).isZero();
    assertThat(twin.momentum(3)).isEqualTo(0.9);
    assertThat(twin.logScale(0)).isZero();
    assertThat(twin.logScale(10)).isCloseTo(-10 * Math.log(z), within(1e-15));
  }

  @Test
  void refusesARecipeThatChanges() {
    Recipe recipe = Recipe.of(StepDecay.from(0.1).dividedBy(10).after(30), 5e-4, 0.9, 40);
    assertThatThrownBy(() -> ExpLr.of(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iteration 30");
  }

  @Test
  void refusesALearningRateOfZero() {
    assertThatThrownBy(() -> ExpLr.of(0, 5e-4, 0.9, 10)).hasMessageContaining("not 0");
  }

  @Test
  void leavesFloat32InEpoch231AtThePapersSettings() {
    Twin twin = ExpLr.of(0.1, 5e-4, 0.9, EPOCHS.iterations(300));
    assertThat(twin.leavesFloat32().orElseThrow() / 391.0).isCloseTo(231.7, within(0.05));
    assertThat(ExpLr.of(0.1, 5e-4, 0.9, EPOCHS.iterations(231)).leavesFloat32()).isEmpty();
  }

  @Test
  void refusesIterationsBeyondTheRun() {
    Twin twin = ExpLr.of(0.1, 5e-4, 0.9, 10);
    assertThatThrownBy(() -> twin.logLearningRate(10)).hasMessageContaining("outside 0 … 9");
    assertThatThrownBy(() -> twin.logScale(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> twin.momentum(10)).hasMessageContaining("10");
  }

  @Test
  void isValidBeyondTheRangeOfADouble() {
    Twin twin = ExpLr.of(0.1, 5e-4, 0.9, EPOCHS.iterations(2000));
    twin.validate();
    assertThat(twin.learningRate(EPOCHS.iterations(1999))).isInfinite();
    assertThat(twin.logLearningRate(EPOCHS.iterations(1999))).isCloseTo(783, within(1.0));
  }
}
