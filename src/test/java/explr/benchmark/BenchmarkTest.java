package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.data.EmbeddedSample;
import explr.engine.EngineName;
import explr.engine.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark at a tiny size, with real processes; Python's are left out. */
class BenchmarkTest {

  private static final Workload TINY = new Workload(8, 1, 4, Precision.FLOAT32, 1);

  @TempDir Path folder;

  private Benchmark benchmark() {
    return new Benchmark(new Repetitions(2, 1, 1), folder, Optional.of("abc"), line -> {});
  }

  private Benchmark.Outcome compare(String... only) throws Exception {
    Path nowhere = folder.resolve("nowhere");
    return benchmark().compare(TINY, List.of(only), nowhere, nowhere, 0, Optional.empty());
  }

  @Test
  void sidesThatTrainAgreeAndWhatIsNotInstalledIsNamed() throws Exception {
    Benchmark.Outcome outcome = compare("explr-mxnet", "djl-mxnet", "pytorch-eager");
    JsonObject report =
        new Gson().fromJson(Files.readString(folder.resolve("benchmark.json")), JsonObject.class);
    assertThat(names(report, "variants"))
        .containsExactly("explr-mxnet", "djl-mxnet", "explr-mxnet-float64");
    assertThat(names(report, "left_out"))
        .containsExactly("pytorch-eager", "pytorch-eager-malloc", "pytorch-eager-float64");
    assertThat(outcome.sound()).isTrue();
    assertThat(outcome.table())
        .contains("2 sides in float32", "all compute the same", "not installed", "commit abc");
    assertThat(Files.readAllLines(folder.resolve("benchmark.csv"))).hasSize(1 + 3);
  }

  private static List<String> names(JsonObject report, String list) {
    List<String> names = new ArrayList<>();
    for (JsonElement element : report.getAsJsonArray(list)) {
      names.add(element.getAsJsonObject().get("variant").getAsString());
    }
    return names;
  }

  @Test
  void onlyNumberTypesOfACpuAreMeasuredOnOne() {
    List<Variant> all = Variant.all(TINY, new Peers(folder, folder, folder));
    assertThat(Benchmark.precisions(all)).containsExactly(Precision.FLOAT32, Precision.FLOAT64);
    assertThatThrownBy(
            () -> TINY.in(Precision.TF32).task(EmbeddedSample.load(), EngineName.PYTORCH))
        .hasMessageContaining("a CPU does not multiply in TF32");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> compare("tensorflow"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tensorflow'")
        .hasMessageContaining("explr-mxnet");
  }

  @Test
  void aFailedVariantIsReportedWithTheLastLineOfItsLog() throws Exception {
    Variant broken =
        new Variant(
            "broken",
            "broken",
            Variant.Side.EXPLR,
            TINY,
            TINY.gigaflopsPerStep(),
            List.of("/bin/sh", "-c", "echo out of order >&2; exit 3"),
            Map.of());
    assertThat(reasonOfFailure(broken)).contains("broken ended early: out of order");
  }

  @Test
  void theLastLineOfAFailedWorkersLogIsTheReasonAndNotAStackTrace() throws Exception {
    Variant single = Variant.explr("several-1", EngineName.PYTORCH, TINY, folder.toString());
    assertThat(reasonOfFailure(single))
        .contains("several-1 ended early: several runs are at least 2, not 1");
    assertThat(folder.resolve("several-1.log")).content().contains("at explr.benchmark.Worker");
  }

  private String reasonOfFailure(Variant variant) throws Exception {
    Rounds rounds = new Rounds(folder, line -> {});
    rounds.measure(List.of(variant), new Repetitions(1, 1, 1));
    assertThat(rounds.measured()).isEmpty();
    assertThat(rounds.leftOut()).singleElement().matches(LeftOut::failed);
    return rounds.leftOut().get(0).reason();
  }
}
