package explr.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import explr.measurement.Manifest;
import explr.schedule.Rates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded comparisons of optimizers, and what README says about them. */
class RecordedExactnessTest {

  private static final Path RECORDED = Path.of("notebooks/recorded/exactness");

  /** Of momentum SGD on the CPU and on a GPU, of the others on MXNet, and of AdamW on PyTorch. */
  static Stream<Path> folders() {
    return Stream.concat(
        Stream.of(RECORDED, RECORDED.resolve("gpu"), RECORDED.resolve("pytorch/adamw")),
        others().map(other -> RECORDED.resolve(other.folder())));
  }

  static Stream<ComparedOptimizer> others() {
    return Arrays.stream(ComparedOptimizer.values())
        .filter(other -> other != ComparedOptimizer.MOMENTUM);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void everyBarIsMet(Path folder) {
    Exactness report = ExactnessTables.readExactness(folder.resolve("lock-step.csv"));
    assertThat(report.verdicts()).allMatch(Verdict::holds);
    assertThat(ExactnessTables.readChaos(folder.resolve("chaos.csv")).holds()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("others")
  void theRecordNamesItsOptimizerItsCommandAndItsWrongForms(ComparedOptimizer optimizer)
      throws IOException {
    Path folder = RECORDED.resolve(optimizer.folder());
    Manifest manifest = Manifest.read(folder.resolve("manifest.json"));
    assertThat(manifest.configuration())
        .containsEntry("optimizer", optimizer.optimizer().toString())
        .extractingByKey("command")
        .asString()
        .startsWith("environment/exactness --optimizer " + optimizer.folder());
    assertThat(manifest.provenance().commit()).isPresent();
    Exactness report = ExactnessTables.readExactness(folder.resolve("lock-step.csv"));
    assertThat(ExactnessFigure.controls(report).data())
        .hasSize(2 + (int) report.controls().count());
    Rates recipe = optimizer.recipe(10);
    Counterpart twin = Counterpart.of(optimizer.optimizer(), recipe);
    assertThat(report.lockSteps().get(Arithmetic.EXACT).runs())
        .containsAll(
            Control.of(optimizer.optimizer(), recipe, twin).stream()
                .map(Counterpart::name)
                .toList());
  }

  @Test
  void readmeNamesTheLargestDeviations() throws IOException {
    Map<ComparedOptimizer, Exactness> reports = ExactnessTables.readOptimizers(RECORDED);
    assertThat(reports.keySet()).containsExactlyElementsOf(others().toList());
    double largest =
        reports.values().stream().mapToDouble(Exactness::largestDeviation).max().orElseThrow();
    double ofMomentum =
        ExactnessTables.readExactness(RECORDED.resolve("lock-step.csv")).largestDeviation();
    assertThat(Files.readString(Path.of("README.md")))
        .contains("with and without decay agree to %s in 64 bits".formatted(rounded(largest)))
        .contains("agrees with the run with it to %s in 64 bits".formatted(rounded(ofMomentum)));
    assertThat(ExactnessTables.overview(reports).column("bars missed").unique().getString(0))
        .isEqualTo("0");
  }

  /** One digit and a power of ten, rounded up. */
  private static String rounded(double value) {
    int exponent = (int) Math.floor(Math.log10(value));
    double digit = Math.ceil(value / Math.pow(10, exponent));
    return String.format(Locale.ROOT, "%.0f·10<sup>−%d</sup>", digit, -exponent);
  }
}
