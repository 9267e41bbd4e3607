package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.store.Lineage;
import explr.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {

  private static final Dataset SAMPLE = EmbeddedSample.load();
  private static final Optional<String> REASON =
      Optional.of("MXNet has no library for linux-s390x");

  @TempDir private Path folder;

  private final Experiment experiment = in(Path.of("store"));

  private static Experiment in(Path store) {
    return new Experiment(
        Profile.of("sample"),
        SAMPLE,
        new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT64, 1),
        new Store(store),
        Path.of("recorded"),
        Duration.ZERO,
        Optional.empty());
  }

  @Test
  void saysWithWhatItTrains() {
    assertThat(new Description(experiment, Optional.empty()).compute("PyTorch"))
        .isEqualTo("PyTorch on cpu, 1 thread, float64");
    assertThat(experiment.describeEngine()).matches("PyTorch [0-9.]+ on cpu, 1 thread, float64.*");
    assertThat(experiment.describe().stringColumn("how").asList())
        .anyMatch(how -> how.startsWith("PyTorch on cpu"));
  }

  /** As if its first period were trained. */
  private void begin(int threads, long seed, String name) throws IOException {
    Experiment other = in(folder).withThreads(threads);
    Lineage lineage = other.lineage(other.curve(PaperFigure.FIGURE_1, name), seed);
    Path period =
        folder
            .resolve(lineage.start().hex().substring(0, 32))
            .resolve(lineage.at(1).hex().substring(0, 32));
    Files.createDirectories(period);
    Files.createFile(period.resolve("measurement.csv"));
  }

  @Test
  void theThreadsOfRunsThatAreThereAreThoseOfTheSeedsThatAreAskedFor() throws IOException {
    Experiment experiment = in(folder);
    assertThat(experiment.threadsOfRunsThatAreThere(List.of(0L, 1L))).isEmpty();

    begin(4, 1, "exponential");
    assertThat(experiment.threadsOfRunsThatAreThere(List.of(1L))).hasValue(4);
    assertThat(experiment.threadsOfRunsThatAreThere(List.of(0L, 1L))).hasValue(4);
    assertThat(experiment.threadsOfRunsThatAreThere(List.of(0L))).isEmpty();
    assertThat(experiment.onThreadsOfRunsThatAreThere().backend().threads()).isEqualTo(1);

    // More than this machine has: the store may lie on a disk that another machine uses, too.
    begin(200, 0, "weight-decay");
    assertThat(experiment.threadsOfRunsThatAreThere(List.of(0L))).hasValue(200);
    assertThat(experiment.threadsOfRunsThatAreThere(List.of(0L, 1L))).hasValue(4);
    assertThat(experiment.onThreadsOfRunsThatAreThere().backend().threads()).isEqualTo(200);
  }

  @Test
  void resultsOfWhichNothingIsKnownAreRefusedAndSayOfWhat() {
    assertThatThrownBy(() -> experiment.results(PaperFigure.FIGURE_2, "texp", 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'texp' of figure-2 at the profile sample with seed 3");
  }

  @Test
  void whyAnEngineStandsInForAnotherIsSaidAndRecordedAndDoesNotDecideTheRun() {
    Description standIn = new Description(experiment, REASON);
    assertThat(standIn.compute("PyTorch")).endsWith("float64 (" + REASON.get() + ")");
    Curve curve = experiment.curve(PaperFigure.FIGURE_1, "weight-decay");
    var recorded = standIn.manifest(curve, 0);
    assertThat(recorded.provenance().engineReason()).isEqualTo(REASON);
    assertThat(recorded.identity())
        .isEqualTo(new Description(experiment, Optional.empty()).manifest(curve, 0).identity());
  }
}
