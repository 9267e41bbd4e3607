package explr.paper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPanelsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.9996, 1",
    "-2.5, -2.5",
    "0.08431, 0.0843",
    "0.0001, 0.0001",
    "4.884e-5, 4.88·10^-5",
    "1e-10, 1·10^-10",
    "100, 100",
    "1000, 1000",
    "1234, 1230",
    "99960, 1·10^5",
    "NaN, NaN",
  })
  void aNumberHasThreeDigits(double value, String text) {
    assertThat(RunPanels.number(value)).isEqualTo(text);
  }

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
