package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.benchmark.Variant.Side;
import explr.engine.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarTest {

  private static Bar find(String what, Measured... measured) {
    return Bar.of(List.of(measured)).stream()
        .filter(bar -> bar.what().contains(what))
        .findFirst()
        .orElseThrow();
  }

  private static Measured mine(double seconds) {
    return Made.measured(Made.variant("explr-mxnet", Side.EXPLR, Precision.FLOAT32), seconds);
  }

  private static Measured python(String id, double seconds) {
    return Made.measured(Made.variant(id, Side.PYTHON, Precision.FLOAT32), seconds);
  }

  @Test
  void aBarIsMetAtItsLimitAndMissedBelow() {
    assertThat(find("PyTorch eager", mine(1), python("pytorch-eager", 1.25)).verdict())
        .isEqualTo("met");
    assertThat(find("PyTorch eager", mine(1), python("pytorch-eager", 1.24)).verdict())
        .isEqualTo("missed");
  }

  @Test
  void theFastestInPythonIsTheOneToBeat() {
    Bar bar = find("fastest", mine(1), python("pytorch-eager", 2), python("pytorch-compile", 0.8));
    assertThat(bar.value().getAsDouble()).isCloseTo(0.8, within(1e-12));
    assertThat(bar.verdict()).isEqualTo("missed");
  }

  @Test
  void lessMemoryIsBetter() {
    // Both hold 500 MB.
    Bar bar = find("memory", mine(1), python("pytorch-eager", 1));
    assertThat(bar.value().getAsDouble()).isEqualTo(1);
    assertThat(bar.verdict()).isEqualTo("missed");
  }

  @Test
  void whatHasNoOtherSideIsNotMeasured() {
    assertThat(find("GEMM", mine(1)).verdict()).isEqualTo("not measured");
  }
}
