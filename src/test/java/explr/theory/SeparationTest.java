package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeparationTest {

  private static final double RATE = 0.5;
  private static final double DECAY = 0.05;
  private static final int STEPS = 6_000;

  @Test
  void decayOrNormalizationAloneLearnsWhatBothTogetherDoNot() {
    Separation both = new Separation(20, 128, RATE, DECAY, true);
    double decayAlone = late(new Separation(20, 128, RATE, DECAY, false));
    double normalizationAlone = late(new Separation(20, 128, RATE, 0, true));
    double limit = new NonConvergence(both).error();
    assertThat(decayAlone).isLessThan(limit);
    assertThat(normalizationAlone).isLessThan(limit);
    assertThat(late(both)).isGreaterThan(limit);
  }

  @Test
  void theErrorIsExceededWithinTheIterationsOfTheorem31() {
    Separation both = new Separation(20, 128, RATE, DECAY, true);
    NonConvergence theorem = new NonConvergence(both);
    double angle = 0.1;
    long window = (long) Math.ceil(theorem.iterations(angle, 1e-6, 20));
    double[] errors = both.errors(STEPS, 2);
    for (int start = 1_000; start + window < STEPS; start += 100) {
      double largest = Arrays.stream(errors, start, start + (int) window).max().orElseThrow();
      assertThat(largest).isGreaterThan(angle / Math.PI);
    }
    assertThat(theorem.angle()).isCloseTo(2 * Math.PI * theorem.error(), within(1e-15));
  }

  @Test
  void theoremHoldsForSmallAnglesAndForBothTogetherAlone() {
    Separation both = new Separation(20, 128, RATE, DECAY, true);
    assertThatThrownBy(() -> new NonConvergence(both).iterations(0.2, 0.1, 20))
        .hasMessageContaining("not 0.2");
    assertThatThrownBy(() -> new NonConvergence(new Separation(20, 128, RATE, 0, true)))
        .hasMessageContaining("weightDecay=0.0");
    assertThatThrownBy(() -> new Separation(2, 128, RATE, DECAY, true)).hasMessageContaining("2");
  }

  private static double late(Separation example) {
    return Arrays.stream(example.errors(STEPS, 1), STEPS - 2_000, STEPS).average().orElseThrow();
  }
}
