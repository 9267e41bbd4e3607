package explr.paper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPanelsTest {

  @ParameterizedTest
  @CsvSource({"80, 80", "1000, 1000", "0.1, 0.1", "159.9, 159.9", "2.076923076923077, 2.076923"})
  void anEpochIsWrittenOut(double epoch, String text) {
    assertThat(RunPanels.epoch(epoch)).isEqualTo(text);
  }

  @Test
  void aDurationIsInEpochs() {
    assertThat(RunPanels.duration(1)).isEqualTo("an epoch");
    assertThat(RunPanels.duration(1000)).isEqualTo("1000 epochs");
  }
}
