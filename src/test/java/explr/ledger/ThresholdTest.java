package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {

  private static final Threshold SAME = Threshold.near(0, 2, Unit.POWERS_OF_TEN);

  /** With an error of 1 that is known, the interval is 1.645 to either side. */
  @ParameterizedTest
  @CsvSource({
    "0, HOLDS",
    "0.3, HOLDS",
    "0.4, NOT_DECIDABLE",
    "-0.4, NOT_DECIDABLE",
    "3.6, NOT_DECIDABLE",
    "3.7, FAILS",
    "-3.7, FAILS"
  })
  void theIntervalDecides(double value, Decision decision) {
    assertThat(SAME.decide(new Estimate(value, 1, Double.POSITIVE_INFINITY))).isEqualTo(decision);
  }

  @Test
  void anErrorTooLargeDecidesNothing() {
    assertThat(SAME.decide(new Estimate(0, 100, 4))).isEqualTo(Decision.NOT_DECIDABLE);
  }

  @Test
  void theEndsBelongToIt() {
    assertThat(SAME.decide(Estimate.exact(2))).isEqualTo(Decision.HOLDS);
    assertThat(SAME.decide(Estimate.exact(2.001))).isEqualTo(Decision.FAILS);
  }

  @Test
  void whatIsNotANumberDecidesNothing() {
    assertThat(SAME.decide(Estimate.exact(Double.NaN))).isEqualTo(Decision.NOT_DECIDABLE);
    assertThat(SAME.decide(Estimate.exact(Double.NEGATIVE_INFINITY)))
        .isEqualTo(Decision.NOT_DECIDABLE);
    assertThat(SAME.decide(new Estimate(0, Double.NaN, 1))).isEqualTo(Decision.NOT_DECIDABLE);
  }

  @Test
  void readsAsASentenceWould() {
    assertThat(Tolerance.SAME_ACCURACY).hasToString("between −2 and 2 points");
    assertThat(Tolerance.BETTER).hasToString("at least 0.2 points");
    assertThat(Threshold.atMost(-0.5, Unit.POWERS_OF_TEN))
        .hasToString("at most −0.5 powers of ten");
    assertThat(Threshold.near(0.89, 0.015, Unit.PERCENT)).hasToString("between 87.5 and 90.5 %");
  }

  @Test
  void mustDivideNumbers() {
    assertThatThrownBy(() -> Threshold.near(0.5, -0.5, Unit.POINTS))
        .hasMessageContaining("1.0 to 0.0");
    assertThatThrownBy(() -> Threshold.atLeast(Double.NEGATIVE_INFINITY, Unit.POINTS))
        .hasMessageContaining("Infinity");
  }
}
