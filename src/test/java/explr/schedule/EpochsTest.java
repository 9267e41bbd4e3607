package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EpochsTest {

  @Test
  void countsASmallerLastBatch() {
    assertThat(Epochs.ofImages(50_000, 128)).isEqualTo(Epochs.of(391));
    assertThat(Epochs.ofImages(256, 128).iterationsEach()).isEqualTo(2);
  }

  @Test
  void turnsEpochsIntoIterationsAndBack() {
    Epochs epochs = Epochs.of(391);
    assertThat(epochs.iterations(160)).isEqualTo(62_560);
    assertThat(epochs.epochOf(31_279)).isEqualTo(79);
    assertThat(epochs.epochOf(31_280)).isEqualTo(80);
  }

  @Test
  void refusesEpochsOfNothing() {
    assertThatThrownBy(() -> Epochs.of(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> Epochs.ofImages(0, 128)).hasMessageContaining("0 and 128");
    assertThatThrownBy(() -> Epochs.of(391).iterations(-1)).hasMessageContaining("-1");
  }
}
