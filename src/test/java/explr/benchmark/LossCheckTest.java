package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import explr.engine.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossCheckTest {

  private static Measured side(String id, Precision precision, double first, double second) {
    Variant variant = Made.variant(id, Variant.Side.PYTHON, precision);
    return Made.measured(variant, List.of(first, second), 1);
  }

  private static LossCheck check(Precision precision, double first, double second) {
    return LossCheck.of(
        precision,
        List.of(
            side("a", precision, 2, 1.5),
            side("b", precision, 2, 1.5),
            side("other", precision, first, second)));
  }

  @Test
  void roundingPasses() {
    assertThat(check(Precision.FLOAT32, 2 * (1 + 5e-5), 1.5).holds()).isTrue();
    assertThat(check(Precision.FLOAT64, 2 * (1 + 5e-11), 1.5).holds()).isTrue();
    assertThat(check(Precision.TF32, 2 * (1 + 2e-5), 1.5 * (1 + 6e-4)).holds()).isTrue();
  }

  @Test
  void moreThanRoundingFailsAndIsNamed() {
    LossCheck single = check(Precision.FLOAT32, 2 * (1 + 2e-4), 1.5);
    assertThat(single.holds()).isFalse();
    assertThat(single.farthest()).isEqualTo("other");
    assertThat(check(Precision.FLOAT64, 2 * (1 + 2e-10), 1.5).holds()).isFalse();
    assertThat(check(Precision.TF32, 2 * (1 + 1e-3), 1.5).holds()).isFalse();
  }

  @Test
  void anotherStepIsSeenInTheSecondLoss() {
    assertThat(check(Precision.FLOAT32, 2, 1.51).holds()).isFalse();
    assertThat(check(Precision.TF32, 2, 1.51).holds()).isFalse();
  }

  @Test
  void whatIsNotANumberFails() {
    assertThat(check(Precision.FLOAT32, Double.NaN, 1.5).holds()).isFalse();
  }

  @Test
  void numberTypesAreComparedApart() {
    List<Measured> both =
        List.of(side("a", Precision.FLOAT32, 2.00001, 1.5), side("b", Precision.FLOAT64, 2, 1.5));
    assertThat(LossCheck.of(Precision.FLOAT64, both).sides()).isEqualTo(1);
    assertThat(LossCheck.of(Precision.FLOAT64, both).deviation()).isZero();
  }
}
