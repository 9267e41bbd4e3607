package explr.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import explr.statistics.Bound;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static boolean holds(double value, Bound bound) {
    return new Verdict("deviation", value, bound).holds();
  }

  @Test
  void aDeviationAtItsBoundFailsAndOneThatIsNotANumberTooOnEitherSide() {
    assertThat(holds(Math.nextDown(1e-12), Bound.below(1e-12))).isTrue();
    assertThat(holds(1e-12, Bound.below(1e-12))).isFalse();
    assertThat(holds(Double.NaN, Bound.below(1e-12))).isFalse();
    assertThat(holds(Double.NaN, Bound.above(1e-9))).isFalse();
  }

  @Test
  void readsAsOneLine() {
    assertThat(new Verdict("deviation", 1.234e-14, Bound.below(1e-12)))
        .hasToString("deviation: 1.23e-14, must be below 1e-12: holds");
    assertThat(new Verdict("ratio", 12.5, Bound.below(10)))
        .hasToString("ratio: 12.5, must be below 10: FAILS");
    assertThat(new Verdict("cost", 1e-10, Bound.above(1e-9)))
        .hasToString("cost: 1e-10, must be above 1e-9: FAILS");
  }
}
