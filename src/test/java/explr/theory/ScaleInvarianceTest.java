package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.statistics.Distance;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lemma 1.3 and Lemma B.11 on the toy. */
class ScaleInvarianceTest {

  private final ScaleInvariantLoss loss = Ripples.of(5, 1).at(0);
  private final double[] weights = new Random(2).doubles(5, -2, 2).toArray();

  @Test
  void theLossIsUnchangedAndTheGradientFallsAsTheWeightsAreScaled() {
    double[] gradient = loss.gradient(weights);
    for (double c : new double[] {1e-100, 0.3, 8, 1e100}) {
      double[] scaled = Vectors.scaled(c, weights);
      assertThat(loss.value(scaled)).isCloseTo(loss.value(weights), within(1e-15));
      double[] steeper = Vectors.scaled(c, loss.gradient(scaled));
      assertThat(Distance.relative(steeper, gradient)).isLessThan(1e-14);
    }
  }

  @Test
  void theGradientIsOrthogonalToTheWeightsAndIsTheSlope() {
    double[] gradient = loss.gradient(weights);
    double cosine = Vectors.dot(gradient, weights) / Vectors.norm(gradient) / Vectors.norm(weights);
    assertThat(cosine).isCloseTo(0, within(1e-14));
    for (int i = 0; i < 5; i++) {
      double[] unit = new double[5];
      unit[i] = 1;
      double slope =
          (loss.value(Vectors.plus(weights, 1e-6, unit))
                  - loss.value(Vectors.plus(weights, -1e-6, unit)))
              / 2e-6;
      assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
    }
  }

  @Test
  void batchesDifferAndAreTheSameForTheSameSeed() {
    double value = Ripples.of(5, 1).at(7).value(weights);
    assertThat(value).isEqualTo(Ripples.of(5, 1).at(7).value(weights));
    assertThat(value).isNotEqualTo(Ripples.of(5, 1).at(8).value(weights));
  }

  @Test
  void noBallAroundTheOriginIsFreeOfNonConvexity() {
    for (double radius : new double[] {1e-6, 1, 1e6}) {
      NonConvexity pair = NonConvexity.within(loss, 5, radius, 3);
      double[] sum = Vectors.plus(pair.first(), 1, pair.second());
      double mean = (loss.value(pair.first()) + loss.value(pair.second())) / 2;
      assertThat(loss.value(Vectors.scaled(0.5, sum)) - mean)
          .isCloseTo(pair.excess(), within(1e-12))
          .isPositive();
      assertThat(Vectors.norm(pair.first())).isLessThan(radius);
      assertThat(Vectors.norm(pair.second())).isLessThan(radius);
    }
  }

  @Test
  void thereIsNoLossAtTheOrigin() {
    assertThatThrownBy(() -> loss.value(new double[5])).hasMessageContaining("not 0.0");
    assertThatThrownBy(() -> Ripples.of(1, 1)).hasMessageContaining("not 1");
  }
}
