package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import explr.engine.Precision;
import explr.machine.GpuFacts;
import explr.machine.NvidiaDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a GPU: real processes train a small network on the CPU; Python's are left out. */
class GpuBenchmarkTest {

  private static final GpuFacts GPU =
      new GpuFacts("a card", new NvidiaDriver.Version(9, 0), "580.1", "12.6", "9.5.1");
  private static final Workload SMALL = new Workload(8, 1, 64, Precision.FLOAT32, 1);

  @TempDir private Path folder;

  private Benchmark.Outcome compare(String... only) throws Exception {
    Benchmark benchmark =
        new Benchmark(new Repetitions(1, 5, 3), folder, Optional.of("abc"), line -> {});
    Path nowhere = folder.resolve("nowhere");
    return new GpuBenchmark(benchmark, GPU, Optional.empty())
        .compare(SMALL, List.of(only), new Peers(nowhere, nowhere, folder.resolve("reference")));
  }

  @Test
  @Tag("slow")
  void aTurnIsAnEpochAndNoRunIsLeft() throws Exception {
    Benchmark.Outcome outcome =
        compare(
            "explr-program-float32-deterministic",
            "explr-run-float32-deterministic",
            "pytorch-graph-float32");
    assertThat(outcome.sound()).isTrue();
    assertThat(outcome.table())
        .startsWith("a card, driver 580.1, CUDA 12.6, cuDNN 9.5.1")
        .contains("2 sides in float32", "all compute the same", "not installed", "commit abc")
        .contains("an epoch of CIFAR-10's size, 79 steps");
    JsonObject report =
        JsonParser.parseString(Files.readString(folder.resolve("gpu.json"))).getAsJsonObject();
    report
        .getAsJsonArray("variants")
        .forEach(
            variant ->
                assertThat(variant.getAsJsonObject().get("steps_per_turn").getAsInt())
                    .isEqualTo(79));
    assertThat(Files.readAllLines(folder.resolve("gpu.csv"))).hasSize(1 + 2);
    assertThat(folder.resolve("stores")).doesNotExist();
    assertThat(folder.resolve("reference/weights.f64")).exists();
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> compare("explr-mxnet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'explr-mxnet'")
        .hasMessageContaining("explr-program-tf32-fast");
  }
}
