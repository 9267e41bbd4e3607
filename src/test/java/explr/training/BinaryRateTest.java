package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BinaryRateTest {

  @Test
  void isTheExponentialOfTheLogarithm() {
    for (double log = -700; log <= 700; log += 0.37) {
      assertThat(BinaryRate.ofLogarithm(log).value() / Math.exp(log)).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void aPowerOfTwoChangesOnlyTheExponent() {
    BinaryRate rate = BinaryRate.ofLogarithm(61.3);
    assertThat(new BinaryRate(rate.mantissa(), rate.exponent() - 40).value())
        .isEqualTo(Math.scalb(rate.value(), -40));
  }

  @Test
  void zeroStaysZero() {
    assertThat(BinaryRate.ofLogarithm(Double.NEGATIVE_INFINITY).value()).isZero();
  }
}
