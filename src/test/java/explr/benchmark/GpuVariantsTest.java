package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import explr.engine.Algorithms;
import explr.engine.Precision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuVariantsTest {

  private static final Workload WORKLOAD = Workload.ofThePaper(Precision.FLOAT32, 2).on("gpu:1");

  private static final Path FOLDER = Path.of("folder");

  static List<Variant> all() {
    return GpuVariants.all(WORKLOAD, new Peers(FOLDER, FOLDER, FOLDER), FOLDER);
  }

  static Variant find(String id) {
    return all().stream().filter(v -> v.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void theseAreTheVariants() {
    assertThat(all().stream().map(Variant::id))
        .containsExactly(
            "explr-program-float32-deterministic",
            "explr-program-float32-fast",
            "explr-eager-float32-deterministic",
            "explr-run-float32-deterministic",
            "explr-several-2-float32-deterministic",
            "explr-several-4-float32-deterministic",
            "explr-several-8-float32-deterministic",
            "pytorch-channels-last-float32",
            "pytorch-compile-float32",
            "pytorch-eager-float32",
            "pytorch-graph-float32",
            "pytorch-deterministic-float32",
            "pytorch-deterministic-nchw-float32",
            "explr-program-tf32-deterministic",
            "explr-run-tf32-deterministic",
            "explr-several-2-tf32-deterministic",
            "explr-several-4-tf32-deterministic",
            "explr-several-8-tf32-deterministic",
            "explr-program-tf32-fast",
            "explr-run-tf32-fast",
            "explr-several-2-tf32-fast",
            "explr-several-4-tf32-fast",
            "explr-several-8-tf32-fast",
            "pytorch-channels-last-tf32",
            "pytorch-compile-tf32",
            "pytorch-eager-tf32",
            "pytorch-graph-tf32",
            "explr-program-float64-deterministic");
  }

  @Test
  void titlesDifferSinceAFigureNamesItsBarsByThem() {
    assertThat(all().stream().map(Variant::title)).doesNotHaveDuplicates();
  }

  @Test
  void aWorkerIsGivenDeviceNumberTypeAndAlgorithms() {
    List<String> command = find("explr-several-4-tf32-fast").command();
    int worker = command.indexOf(Worker.class.getName());
    List<String> arguments = command.subList(worker + 1, command.size());
    assertThat(arguments.subList(0, 2)).containsExactly("several-4", "pytorch");
    assertThat(Workload.parse(arguments.subList(2, arguments.size())))
        .isEqualTo(WORKLOAD.in(Precision.TF32).with(Algorithms.FAST));
  }

  @Test
  void aPeerIsGivenKindNumberTypeThreadsAndDevice() {
    assertThat(find("pytorch-channels-last-tf32").command())
        .containsExactly(
            "folder",
            "folder/pytorch_gpu_peer.py",
            "folder",
            "channels_last",
            "tf32",
            "2",
            "gpu:1");
  }
}
