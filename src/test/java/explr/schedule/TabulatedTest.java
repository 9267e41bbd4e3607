package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TabulatedTest {

  @Test
  void hasAValueForEachRowAndNoneBeyond() {
    Tabulated table = Tabulated.of(0.1, 0.2);
    assertThat(table.at(1)).isEqualTo(0.2);
    assertThat(table.logAt(1)).isEqualTo(Math.log(0.2));
    assertThatThrownBy(() -> table.at(2)).hasMessageContaining("0 … 1, not for 2");
  }

  @Test
  void holdsLogarithmsOfValuesThatNoDoubleHolds() {
    Tabulated table = Tabulated.ofLogarithms(Double.NEGATIVE_INFINITY, 1000);
    assertThat(table.at(0)).isZero();
    assertThat(table.logAt(1)).isEqualTo(1000);
  }

  @Test
  void refusesAnEmptyListAndNoNumbers() {
    assertThatThrownBy(Tabulated::of).hasMessageContaining("at least one");
    assertThatThrownBy(() -> Tabulated.of(1, Double.NaN)).hasMessageContaining("iteration 1");
  }
}
