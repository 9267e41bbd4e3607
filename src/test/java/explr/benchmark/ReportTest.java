package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import explr.csv.CsvReader;
import explr.csv.CsvRow;
import explr.engine.Precision;
import explr.machine.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A variant that trains, one that does not, and one that failed. */
class ReportTest {

  private static final Locale DEFAULT = Locale.getDefault();

  private static Results results() {
    Variant trains = Made.variant("pytorch-eager", Variant.Side.PYTHON, Precision.FLOAT32);
    Variant product = Made.variant("gemm", Variant.Side.ROOF, Precision.FLOAT32);
    return new Results(
        Instant.EPOCH,
        Machine.here(),
        Optional.empty(),
        new Repetitions(1, 1, 1),
        List.of(Made.measured(trains, 0.5), Made.measured(product, 0.5)),
        List.of(new LeftOut(trains, "first line\nsecond | line\r\n", true)),
        List.of(),
        List.of(),
        List.of());
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(DEFAULT);
  }

  @Test
  void aReasonOfSeveralLinesStaysInItsCell() {
    assertThat(MarkdownReport.of(results()).lines())
        .contains("| pytorch-eager | float32 | failed: first line second \\| line | | | | | |");
  }

  @Test
  void markdownDoesNotDependOnTheLocale() {
    String text = MarkdownReport.of(results());
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(MarkdownReport.of(results())).isEqualTo(text).doesNotContain("\r");
    // The negative control: a format that follows the default locale differs.
    assertThat("%d".formatted(2)).isNotEqualTo("2");
  }

  @Test
  void whatDoesNotTrainHasNoFirstStepInCsvEither() {
    CsvReader csv = CsvReader.of(CsvReport.of(results()), "report");
    for (CsvRow row : csv) {
      boolean trains = row.get("variant").equals("pytorch-eager");
      assertThat(row.get("seconds_to_first_step").isEmpty()).isEqualTo(!trains);
      assertThat(row.get("images_per_second").isEmpty()).isEqualTo(!trains);
    }
  }
}
