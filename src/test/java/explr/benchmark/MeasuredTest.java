package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.engine.Precision;
import explr.statistics.Spread;
import org.junit.jupiter.api.Test;

class MeasuredTest {

  private static final Variant MINE = Made.variant("mine", Variant.Side.EXPLR, Precision.FLOAT32);
  private static final Variant THEIRS =
      Made.variant("theirs", Variant.Side.PYTHON, Precision.FLOAT32);

  @Test
  void imagesASecondCountTheBatch() {
    assertThat(Made.measured(MINE, 0.5, 0.25).imagesPerSecond()).containsExactly(256, 512);
  }

  @Test
  void operationsASecondAreThoseOfTheStep() {
    assertThat(Made.measured(MINE, 0.5).gigaflopsPerSecond()[0])
        .isCloseTo(128L * 6 * 69_124_736 / 1e9 / 0.5, within(1e-9));
  }

  @Test
  void theRatioIsThatOfTheMediansAndItsSpreadThatOfTheRounds() {
    // Steps a second: 4, 2, 1 against 2, 4, 1.
    Spread ratio =
        Made.measured(MINE, 0.25, 0.5, 1).speedAgainst(Made.measured(THEIRS, 0.5, 0.25, 1));
    assertThat(ratio).isEqualTo(new Spread(1, 0.5, 2));
  }

  @Test
  void whatTakesHalfAsLongIsTwiceAsFast() {
    assertThat(Made.measured(MINE, 1, 1).speedAgainst(Made.measured(THEIRS, 2, 2)).median())
        .isEqualTo(2);
  }

  @Test
  void roundsOfDifferentRunsAreNotCompared() {
    assertThatThrownBy(() -> Made.measured(MINE, 1).speedAgainst(Made.measured(THEIRS, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 rounds")
        .hasMessageContaining("in 2");
  }
}
