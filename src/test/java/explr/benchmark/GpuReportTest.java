package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import explr.csv.CsvReader;
import explr.csv.CsvRow;
import explr.machine.GpuFacts;
import explr.machine.Machine;
import explr.machine.NvidiaDriver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two captured steps, of which Python's takes twice as long, and one that is not installed. */
class GpuReportTest {

  private static final Locale DEFAULT = Locale.getDefault();
  private static final GpuFacts GPU =
      new GpuFacts("NVIDIA H100", new NvidiaDriver.Version(9, 0), "580.1", "12.6", "9.5.1");

  private static Results results() {
    List<Measured> measured = new ArrayList<>();
    measured.add(measured("explr-program-tf32-fast", 2, OptionalDouble.of(1500)));
    measured.add(measured("pytorch-graph-tf32", 4, OptionalDouble.empty()));
    Variant compiled = GpuVariantsTest.find("pytorch-compile-tf32");
    return new Results(
        Instant.EPOCH,
        Machine.here(),
        Optional.of("abc"),
        new Repetitions(1, 391, 1),
        measured,
        List.of(new LeftOut(compiled, "no Triton | none", false)),
        List.of(),
        List.of(),
        List.of());
  }

  /** A turn of an epoch. */
  private static Measured measured(String id, double seconds, OptionalDouble device) {
    return new Measured(
        GpuVariantsTest.find(id),
        "version of " + id,
        391,
        new double[] {seconds},
        List.of(2.0, 1.5),
        new double[] {4},
        OptionalDouble.of(900),
        device);
  }

  private static GpuReport report() {
    return new GpuReport(results(), GPU, GpuBars.of(results().measured(), Optional.empty()));
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(DEFAULT);
  }

  @Test
  void theFirstLineNamesCardDriverCudaAndCudnn() {
    assertThat(report().markdown().lines().findFirst())
        .contains("NVIDIA H100, driver 580.1, CUDA 12.6, cuDNN 9.5.1");
  }

  @Test
  void aRowHasStepEpochImagesRatioAndMemory() {
    assertThat(report().markdown().lines())
        .contains(
            "| explr, captured step, tf32, fast | 5.12 (5.12–5.12) | 2.00 | 25024 | 2.00 (2.00–2.00) | 1500 | 4.0 |",
            "| Python PyTorch, CUDA graph, channels_last, benchmark, tf32 | 10.23 (10.23–10.23) | 4.00 | 12512 | 1.00 (1.00–1.00) | – | 4.0 |",
            "- version of pytorch-graph-tf32")
        .anyMatch(line -> line.endsWith("| not installed: no Triton \\| none | | | | | |"))
        .anyMatch(line -> line.contains("against Python's CUDA graph | ≥ 1.0 | 2.00 | met"));
  }

  @Test
  void itDoesNotDependOnTheLocale() {
    String text = report().markdown() + report().csv();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(report().markdown() + report().csv()).isEqualTo(text);
    // The negative control: a format that follows the default locale differs.
    assertThat("%d".formatted(2)).isNotEqualTo("2");
  }

  @Test
  void csvAndJsonHoldTheMemoryOfTheGpuWhereItIsKnown() {
    List<String> memory = new ArrayList<>();
    for (CsvRow row : CsvReader.of(report().csv(), "gpu.csv")) {
      memory.add(row.get("device_megabytes"));
    }
    assertThat(memory).containsExactly("1500.0", "");
    String json = JsonReport.of(results(), List.of(), GPU);
    assertThat(JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("gpu").get("name"))
        .hasToString("\"NVIDIA H100\"");
    assertThat(json).contains("\"device_megabytes\": 1500.0");
  }
}
