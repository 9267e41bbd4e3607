package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GradientLemmaTest {

  private static final double[] WEIGHTS = {1, -2, 0.5};

  @Test
  void aScaleInvariantLossHasThreeZeros() {
    GradientLemma lemma = GradientLemma.at(Ripples.of(3, 1).at(0), WEIGHTS, 1e3);
    assertThat(Math.abs(lemma.valueDifference())).isLessThan(1e-14);
    assertThat(Math.abs(lemma.cosine())).isLessThan(1e-14);
    assertThat(lemma.gradientMismatch()).isLessThan(1e-13);
  }

  @Test
  void anotherLossHasNone() {
    ScaleInvariantLoss square =
        new ScaleInvariantLoss() {
          @Override
          public double value(double[] weights) {
            return Vectors.dot(weights, weights);
          }

          @Override
          public double[] gradient(double[] weights) {
            return Vectors.scaled(2, weights);
          }
        };
    GradientLemma lemma = GradientLemma.at(square, WEIGHTS, 2);
    assertThat(lemma.valueDifference()).isGreaterThan(1);
    assertThat(lemma.cosine()).isGreaterThan(0.9);
    assertThat(lemma.gradientMismatch()).isGreaterThan(1);
    assertThatIllegalArgumentException().isThrownBy(() -> GradientLemma.at(square, WEIGHTS, 0));
  }
}
