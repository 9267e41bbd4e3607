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

  private static List<String> overhead(double step, double decay, double exponential) {
    return Bar.ofOverhead(
            List.of(
                mine("bare-step", step),
                mine("run-with-decay", decay),
                mine("run-exponential", exponential)))
        .stream()
        .map(Bar::verdict)
        .toList();
  }

  private static Measured mine(String id, double seconds) {
    return Made.measured(Made.variant(id, Side.EXPLR, Precision.FLOAT32), seconds);
  }

  @Test
  void aRunMayTakeThreeHundredthsMoreThanItsStepsAndTheTwinTwoMoreOrLess() {
    assertThat(overhead(100, 103, 103 * 1.019)).containsExactly("met", "met");
    assertThat(overhead(100, 103.1, 103.1 * 1.021)).containsExactly("missed", "missed");
    assertThat(overhead(100, 90, 90 * 0.979)).containsExactly("met", "missed");
    assertThat(Bar.ofOverhead(List.of(mine("run-with-decay", 1))))
        .allMatch(bar -> bar.verdict().equals("not measured"));
  }

  @Test
  void whatHasNoOtherSideIsNotMeasured() {
    assertThat(find("GEMM", mine(1)).verdict()).isEqualTo("not measured");
  }
}
