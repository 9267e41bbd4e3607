package explr.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Spread.of(9, 1, 2)).isEqualTo(new Spread(2, 1, 9));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Spread.of(8, 1, 4, 2)).isEqualTo(new Spread(3, 1, 8));
  }

  @Test
  void oneOutlierMovesTheEndAndNotTheMedian() {
    assertThat(Spread.of(1, 2, 3, 4, 1000).median()).isEqualTo(Spread.of(1, 2, 3, 4, 5).median());
  }

  @Test
  void theGivenArrayIsLeftAsItWas() {
    double[] values = {3, 1, 2};
    Spread.of(values);
    assertThat(values).containsExactly(3, 1, 2);
  }

  @Test
  void nothingAndWhatIsNotANumberHaveNoMedian() {
    assertThatThrownBy(() -> Spread.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[]");
    assertThatThrownBy(() -> Spread.of(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
