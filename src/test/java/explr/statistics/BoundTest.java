package explr.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundTest {

  static Stream<Bound> all() {
    return Stream.of(
        Bound.below(1),
        Bound.atMost(1),
        Bound.above(1),
        Bound.atLeast(1),
        Bound.between(-1, 1),
        Bound.between(1, 1),
        Bound.near(1, 0.5));
  }

  @Test
  void onlyAStrictBoundRefusesItsEnd() {
    assertThat(Bound.below(1e-12).holds(1e-12)).isFalse();
    assertThat(Bound.below(1e-12).holds(Math.nextDown(1e-12))).isTrue();
    assertThat(Bound.atMost(1).holds(1)).isTrue();
    assertThat(Bound.atMost(1).holds(Math.nextUp(1.0))).isFalse();
    assertThat(Bound.above(1).holds(1)).isFalse();
    assertThat(Bound.above(1).holds(Math.nextUp(1.0))).isTrue();
    assertThat(Bound.atLeast(1).holds(1)).isTrue();
    assertThat(Bound.atLeast(1).holds(Math.nextDown(1.0))).isFalse();
    assertThat(Stream.of(-2.0, 3.0)).allMatch(Bound.between(-2, 3)::holds);
    assertThat(Stream.of(Math.nextDown(-2.0), Math.nextUp(3.0)))
        .noneMatch(Bound.between(-2, 3)::holds);
    assertThat(Bound.near(10, 0.5)).isEqualTo(Bound.between(9.5, 10.5));
  }

  @Test
  void infiniteValuesLieBeyondEveryFiniteBound() {
    assertThat(Bound.above(1).holds(Double.POSITIVE_INFINITY)).isTrue();
    assertThat(Bound.below(1).holds(Double.NEGATIVE_INFINITY)).isTrue();
    assertThat(Bound.below(1).holds(Double.POSITIVE_INFINITY)).isFalse();
    assertThat(Bound.between(0, 1).holds(Double.NEGATIVE_INFINITY)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("all")
  void notANumberMeetsNoBoundAndIsNotSaidToMissIt(Bound bound) {
    assertThat(bound.holds(Double.NaN)).isFalse();
    assertThat(bound.holdsFrom(Double.NaN, 1)).isFalse();
    assertThat(bound.holdsFrom(1, Double.NaN)).isFalse();
    assertThat(bound.failsFrom(Double.NaN, Double.NaN)).isFalse();
  }

  @Test
  void anIntervalHoldsWholeFailsWholeOrReachesAcross() {
    Bound closed = Bound.between(0, 2);
    assertThat(closed.holdsFrom(0, 2)).isTrue();
    assertThat(closed.holdsFrom(-0.1, 2)).isFalse();
    assertThat(closed.failsFrom(-0.1, 2)).isFalse();
    assertThat(closed.failsFrom(-1, 0)).isFalse();
    assertThat(closed.failsFrom(-1, -0.1)).isTrue();
    assertThat(closed.failsFrom(2.1, 3)).isTrue();
    // A strict bound allows nothing of an interval that only touches its end.
    assertThat(Bound.below(2).failsFrom(2, 3)).isTrue();
    assertThat(Bound.atMost(2).failsFrom(2, 3)).isFalse();
    assertThat(Bound.above(2).failsFrom(1, 2)).isTrue();
    assertThat(Bound.atLeast(2).failsFrom(1, 2)).isFalse();
  }

  @Test
  void theWordsSayWhetherTheEndIsAllowed() {
    assertThat(all().map(bound -> bound.words(Double::toString)))
        .containsExactly(
            "below 1.0",
            "at most 1.0",
            "above 1.0",
            "at least 1.0",
            "between -1.0 and 1.0",
            "exactly 1.0",
            "between 0.5 and 1.5");
  }

  @Test
  void aBoundThatDividesNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bound.between(1, 0))
        .withMessageContaining("1.0 to 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bound.atLeast(Double.NEGATIVE_INFINITY))
        .withMessageContaining("-Infinity to Infinity");
    assertThatIllegalArgumentException().isThrownBy(() -> Bound.below(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new Bound(1, true, 1, false));
  }
}
