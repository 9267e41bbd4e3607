package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.data.EmbeddedSample;
import explr.engine.Algorithms;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.machine.GpuFacts;
import explr.machine.Gpus;
import explr.store.Lineage;
import explr.store.Store;
import explr.store.StoreFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionTest {

  private static final Optional<String> REASON =
      Optional.of("MXNet has no library for linux-s390x");

  private static final Optional<GpuFacts> NO_GPU = Optional.empty();

  @TempDir private Path folder;

  private final Lab lab = in(Path.of("store"));

  private static Lab in(Path store) {
    return new Lab(
        Profile.of("sample"),
        EmbeddedSample.load(),
        new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT64, 1),
        new Store(store),
        Path.of("recorded"));
  }

  @Test
  void saysWithWhatItTrains() {
    assertThat(Description.compute(lab.backend(), "PyTorch", NO_GPU, Optional.empty()))
        .isEqualTo("PyTorch on cpu, 1 thread, float64");
    assertThat(Description.engine(lab.backend()))
        .matches("PyTorch [0-9.]+ on cpu, 1 thread, float64.*");
    assertThat(Description.of(lab.plan(0L)).stringColumn("how").asList())
        .anyMatch(how -> how.startsWith("PyTorch on cpu"));
  }

  @Test
  void saysOnWhichGpuWithWhichSoftwareItTrains() {
    Backend tf32 = new Backend(EngineName.PYTORCH, "gpu:1", Precision.TF32, 2);
    Optional<GpuFacts> gpu = Optional.of(Gpus.H100);
    assertThat(Description.compute(tf32, "PyTorch 2.7.1", gpu, Optional.empty()))
        .isEqualTo(
            "PyTorch 2.7.1 on gpu:1 (NVIDIA H100 80GB HBM3, driver 580.95.05, CUDA 12.6, cuDNN 9.5.1, deterministic), 2 threads, tf32");
    Backend fast = tf32.in(Precision.FLOAT32).withAlgorithms(Algorithms.FAST);
    assertThat(Description.compute(fast, "PyTorch", gpu, REASON))
        .endsWith("cuDNN 9.5.1, fast), 2 threads, float32 (" + REASON.get() + ")");
  }

  /** As if its first period were trained. */
  private void begin(int threads, long seed, Curve curve) throws IOException {
    Lineage lineage =
        in(folder).withThreads(threads).lineage(Lab.shown(PaperFigure.FIGURE_1, curve), seed);
    StoreFixture.finish(new Store(folder), lineage, 1);
  }

  private OptionalInt existingThreads(Long... seeds) throws IOException {
    Lab in = in(folder);
    return Plan.existingThreads(in.store(), in.profile(), in.data(), in.backend(), List.of(seeds));
  }

  @Test
  void existingThreadsAreThoseOfTheSeedsThatAreAskedFor() throws IOException {
    assertThat(existingThreads(0L, 1L)).isEmpty();

    begin(4, 1, Curve.EXPONENTIAL);
    assertThat(existingThreads(1L)).hasValue(4);
    assertThat(existingThreads(0L, 1L)).hasValue(4);
    assertThat(existingThreads(0L)).isEmpty();

    // More than this machine has: another machine may share the store's disk.
    begin(200, 0, Curve.WEIGHT_DECAY);
    assertThat(existingThreads(0L)).hasValue(200);
    assertThat(existingThreads(0L, 1L)).hasValue(4);
  }

  @Test
  void aPlanOfSettingsContinuesOnTheThreadsOfExistingRuns() throws IOException {
    Settings settings = Settings.of(Map.of("EXPLR_STORE", folder.toString()));
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(Plan.of(settings, 0L).backend().threads()).isEqualTo(processors);

    Lab same =
        new Lab(
            settings.profile(),
            settings.images(),
            settings.backend().withThreads(200),
            settings.store(),
            Path.of("recorded"));
    Lineage lineage = same.lineage(Lab.shown(PaperFigure.FIGURE_1, Curve.EXPONENTIAL), 0);
    StoreFixture.finish(new Store(folder), lineage, 1);
    assertThat(Plan.of(settings, 0L).backend().threads()).isEqualTo(200);
  }

  @Test
  void missingResultsAreRefusedAndNamed() {
    assertThatThrownBy(() -> lab.results(3L).table(PaperFigure.FIGURE_2, Curve.TEXP, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'texp' of figure-2 at the profile sample with seed 3");
  }

  @Test
  void whyAnEngineStandsInForAnotherIsRecordedAndDoesNotDecideTheRun() {
    assertThat(Description.compute(lab.backend(), "PyTorch", NO_GPU, REASON))
        .endsWith("float64 (" + REASON.get() + ")");
    PlannedRun run = lab.planned(Lab.shown(PaperFigure.FIGURE_1, Curve.WEIGHT_DECAY), 0);
    var recorded = Description.manifest(run, Optional.empty(), REASON);
    assertThat(recorded.provenance().engineReason()).isEqualTo(REASON);
    assertThat(recorded.differences(Description.manifest(run, Optional.empty(), Optional.empty())))
        .isEmpty();
  }
}
