package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormsTest {

  @Test
  void normsBeyondTheRootOfTheLargestDoubleAreFinite() {
    assertThat(Norms.log10Norm(new double[] {3e200, 4e200}, 0))
        .isCloseTo(200 + Math.log10(5), within(1e-13));
    assertThat(Norms.log10Norm(new double[] {0, 0}, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void smallAnglesKeepTheirAccuracy() {
    double[] u = {1e30, 0};
    double[] v = {5, 5e-9};
    assertThat(Norms.angle(u, v)).isCloseTo(1e-9, within(1e-20));
    assertThat(Norms.angle(u, new double[] {-2, 0})).isCloseTo(Math.PI, within(1e-15));
  }
}
