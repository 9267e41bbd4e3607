package explr.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistanceTest {

  private static final double[] ZERO = {0, 0};

  @Test
  void theRelativeDistanceIsThatOverTheLengthOfTheSecond() {
    double[] a = {3, 4};
    double[] b = {6, 8};
    assertThat(Distance.norm(a)).isEqualTo(5);
    assertThat(Distance.between(a, b)).isEqualTo(5);
    assertThat(Distance.relative(a, b)).isEqualTo(0.5);
    assertThat(Distance.relative(b, a)).isEqualTo(1);
    assertThat(Distance.relative(a, a)).isZero();
  }

  @Test
  void nothingIsCloseToZero() {
    assertThat(Distance.relative(new double[] {1e-300, 1e-150}, ZERO)).isInfinite();
    assertThat(Distance.relative(ZERO, ZERO)).isNaN();
    assertThat(Distance.relative(ZERO, new double[] {1, 0})).isEqualTo(1);
    assertThat(Distance.ofDirections(ZERO, new double[] {1, 0})).isNaN();
  }

  @Test
  void directionsAreComparedWhateverTheLengths() {
    double angle = 1e-9;
    double[] turned = {7 * Math.cos(angle), 7 * Math.sin(angle)};
    assertThat(Distance.ofDirections(turned, new double[] {2, 0})).isCloseTo(angle, within(1e-24));
    assertThat(Distance.ofDirections(new double[] {0, 5}, new double[] {0, -1})).isEqualTo(2);
  }

  @Test
  void whatIsNotANumberHasNoDistance() {
    double[] nan = {Double.NaN, 1};
    assertThat(Distance.between(nan, ZERO)).isNaN();
    assertThat(Distance.relative(nan, new double[] {1, 1})).isNaN();
    assertThat(Distance.ofDirections(nan, new double[] {1, 1})).isNaN();
  }

  @Test
  void vectorsOfDifferentLengthsAreRefused() {
    double[] longer = {1, 2, 3};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distance.relative(ZERO, longer))
        .withMessageContaining("2 and 3");
    assertThatIllegalArgumentException().isThrownBy(() -> Distance.ofDirections(longer, ZERO));
  }
}
