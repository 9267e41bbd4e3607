package explr.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import explr.machine.GpuFacts;
import explr.machine.Gpus;
import explr.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenComesBack() throws IOException {
    Path file = folder.resolve("run/manifest.json");
    Manifest begun = manifest(0.9, 2);
    begun.write(file);
    assertThat(Manifest.read(file)).isEqualTo(begun);

    Manifest done =
        begun.trained(
            Instant.parse("2026-11-22T09:00:00Z"),
            Optional.of(Instant.parse("2026-11-22T10:00:00.5Z")),
            Optional.of("abc"));
    done.write(file);
    assertThat(Manifest.read(file)).isEqualTo(done);
    assertThat(file.getParent())
        .isDirectoryContaining(f -> f.equals(file))
        .isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void twoPlacesAndTimesOfOneComputationAreTheSameConfiguration() {
    Manifest here = manifest(0.9, 2);
    assertThat(here.differences(here.trained(Instant.EPOCH, Optional.empty(), Optional.empty())))
        .isEmpty();
  }

  @Test
  void theOrderOfTheSettingsMakesNoDifference() {
    Map<String, Object> one = new LinkedHashMap<>(Map.of("width", 4));
    one.put("depth", 32);
    Map<String, Object> other = new LinkedHashMap<>(Map.of("depth", 32));
    other.put("width", 4);
    assertThat(with(one).differences(with(other))).isEmpty();
    assertThat(with(one).differences(with(Map.of("depth", 32)))).hasSize(1);
  }

  @Test
  void aDifferenceNamesTheSettingAndBothValues() {
    assertThat(manifest(0.9, 2).differences(manifest(0.8, 4)))
        .extracting(Object::toString)
        .containsExactly(
            "configuration.recipe.momentum: 0.9 here, 0.8 there", "threads: 2 here, 4 there");
  }

  @Test
  void aSettingThatOnlyOneHasIsADifference() {
    Manifest more = with(Map.of("width", 4));
    Manifest less = with(Map.of());

    assertThat(less.differences(more)).hasSize(1);
    assertThat(less.differences(more).get(0))
        .hasToString("configuration.width: nothing here, 4 there");
    assertThat(more.differences(less)).hasSize(1);
  }

  @Test
  void wholeNumbersAreTheSameWhateverTheirType() {
    assertThat(with(Map.of("batch", 128)).differences(with(Map.of("batch", 128L)))).isEmpty();
    assertThat(with(Map.of("batch", 128)).differences(with(Map.of("batch", 129)))).hasSize(1);
  }

  @Test
  void aValueThatJsonCannotHoldIsRefusedByItsKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(Map.of("recipe", Map.of("rate", Double.NaN))))
        .withMessageContaining("'recipe.rate' is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(Map.of("data", Path.of("x"))))
        .withMessageContaining("'data'");
  }

  @Test
  void aDamagedFileIsNamedWithWhatIsWrong() throws IOException {
    Path file = folder.resolve("manifest.json");
    String whole = manifest(0.9, 2).toJson();
    for (int length = 0; length < whole.length() - 2; length += 37) {
      Files.writeString(file, whole.substring(0, length));
      assertThatIOException()
          .isThrownBy(() -> Manifest.read(file))
          .withMessageContaining(file + " is no manifest");
    }
    Files.writeString(file, whole.replace("\"seed\"", "\"sead\""));
    assertThatIOException()
        .isThrownBy(() -> Manifest.read(file))
        .withMessageContaining("'seed' is missing");
  }

  @Test
  void aManifestFromBeforeAReasonWasWrittenIsRead() throws IOException {
    Path file = folder.resolve("manifest.json");
    String reason = "\"engineReason\": \"PyTorch's library is broken\",";
    String whole = manifest(0.9, 2).toJson();
    assertThat(whole).contains(reason);
    Files.writeString(file, whole.replace(reason, ""));
    assertThat(Manifest.read(file).provenance().engineReason()).isEmpty();
    assertThat(Manifest.read(file).differences(manifest(0.9, 2))).isEmpty();
  }

  private static Manifest onGpu(GpuFacts card, String algorithms) {
    Manifest like = manifest(0.9, 2);
    Manifest.Compute compute =
        new Manifest.Compute(
            "PyTorch",
            "gpu:0",
            2,
            "tf32",
            "2.7.1",
            "amd64 avx2",
            Optional.of(new Manifest.Gpu(card, algorithms)));
    return new Manifest(
        like.configuration(), 1, compute, like.data(), like.changes(), like.provenance());
  }

  @Test
  void aGpuIsWrittenAndReadWithItsSoftware() throws IOException {
    Path file = folder.resolve("manifest.json");
    Manifest written = onGpu(Gpus.H100, "deterministic");
    written.write(file);
    assertThat(Manifest.read(file)).isEqualTo(written);
    assertThat(Files.readString(file)).contains("NVIDIA H100 80GB HBM3", "580.95.05", "9.5.1");
    Files.writeString(file, written.toJson().replace("\"driver\"", "\"drover\""));
    assertThatIOException()
        .isThrownBy(() -> Manifest.read(file))
        .withMessageContaining("'driver' is missing");
    assertThat(manifest(0.9, 2).toJson()).doesNotContain("gpu", "algorithms");
  }

  @Test
  void aDifferenceOfGpusIsNamed() {
    Manifest here = onGpu(Gpus.H100, "deterministic");
    assertThat(here.differences(onGpu(Gpus.V100, "fast")))
        .extracting(Object::toString)
        .containsExactly(
            "GPU: NVIDIA H100 80GB HBM3 here, Tesla V100-SXM2-16GB there",
            "driver: 580.95.05 here, 535.183.01 there",
            "algorithms: deterministic here, fast there");
    assertThat(here.differences(onGpu(Gpus.H100, "deterministic"))).isEmpty();
  }

  @Test
  void thisMachineHasAName() {
    Machine here = Machine.here();
    assertThat(here.processor()).isNotBlank();
    assertThat(here.cores()).isPositive();
  }

  private static Manifest with(Map<String, Object> configuration) {
    Manifest like = manifest(0.9, 2);
    return new Manifest(
        configuration, 1, like.compute(), like.data(), like.changes(), like.provenance());
  }

  private static Manifest manifest(double momentum, int threads) {
    return new Manifest(
        Map.of(
            "network", "PreResNet-32",
            "milestones", List.of(80, 120),
            "recipe", Map.of("rate", 0.1, "momentum", momentum)),
        Long.MAX_VALUE,
        new Manifest.Compute("MXNet", "cpu", threads, "float32", "1.9.0", "amd64 avx2"),
        new Manifest.Data("CIFAR-10", "sha256:00"),
        List.of("Weight decay is 8 times the paper's: the angle per step grows by √8."),
        new Manifest.Provenance(
            Map.of("java", "17.0.1"),
            Optional.of("PyTorch's library is broken"),
            Optional.empty(),
            new Machine("Linux 6", "amd64", "a processor", 2),
            Instant.parse("2026-11-22T09:00:00Z"),
            Optional.empty()));
  }
}
