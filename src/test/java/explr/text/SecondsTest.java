package explr.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTest {

  @ParameterizedTest
  @CsvSource({
    "0.4, 0 s",
    "89.4, 89 s",
    "90, 2 min",
    "720, 12 min",
    "5399, 90 min",
    "5400, 1.5 h",
    "27000, 7.5 h"
  })
  void areSaidInAUnitThatFits(double seconds, String text) {
    assertThat(Seconds.text(seconds)).isEqualTo(text);
  }
}
