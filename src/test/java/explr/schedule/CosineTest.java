package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineTest {

  @Test
  void fallsFromOneEndToTheOtherAndStaysThere() {
    Cosine cosine = Cosine.from(0.1).to(0.02).over(100);
    assertThat(cosine.at(0)).isEqualTo(0.1);
    assertThat(cosine.at(50)).isCloseTo(0.06, within(1e-16));
    assertThat(cosine.at(25)).isCloseTo(0.02 + 0.08 * (1 + Math.sqrt(0.5)) / 2, within(1e-16));
    assertThat(cosine.at(100)).isEqualTo(0.02);
    assertThat(cosine.at(1000)).isEqualTo(0.02);
  }

  @Test
  void keepsAllDigitsNearItsEnd() {
    long last = 999_999;
    double distance = Math.PI / 2e6;
    assertThat(Cosine.from(0.1).over(1_000_000).at(last))
        .isCloseTo(0.1 * distance * distance * (1 - distance * distance / 3), within(1e-28));
  }

  @Test
  void refusesNoIterationsAndNegativeValues() {
    assertThatThrownBy(() -> Cosine.from(0.1).over(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> Cosine.from(-1).over(10)).hasMessageContaining("-1.0");
  }
}
