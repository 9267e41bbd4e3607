package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoresTest {

  private static final double[] LOGITS = {2, 0, 0, 0, 1000, 0, 5, 5, 5};

  @Test
  void sumsTheCrossEntropyAndCountsTheCorrectOnes() {
    Scores scores = Scores.of(LOGITS, new int[] {0, 1, 2}, 3);
    double first = Math.log(Math.exp(2) + 2) - 2;
    assertThat(scores.loss()).isCloseTo(first + 0 + Math.log(3), within(1e-14));
    assertThat(scores.correct()).isEqualTo(2);
    assertThat(scores.accuracy()).isEqualTo(2 / 3.0);
  }

  @Test
  void leavesOutTheImagesThatOnlyFillTheBatch() {
    assertThat(Scores.of(LOGITS, new int[] {0, 0, 0}, 1).count()).isEqualTo(1);
  }

  @Test
  void addsUp() {
    assertThat(new Scores(1, 2, 3).plus(new Scores(10, 20, 30))).isEqualTo(new Scores(11, 22, 33));
  }
}
