package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExperimentTest {

  private static final Optional<String> REASON =
      Optional.of("MXNet has no library for linux-s390x");

  private final Experiment experiment =
      new Experiment(
          Profile.of("sample"),
          EmbeddedSample.load(),
          new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT64, 1),
          new Store(Path.of("store")),
          Path.of("recorded"),
          Duration.ZERO,
          Optional.empty());

  @Test
  void saysWithWhatItTrains() {
    assertThat(experiment.describe("PyTorch", Optional.empty()))
        .isEqualTo("PyTorch on cpu, 1 thread, float64");
    assertThat(experiment.describeEngine()).matches("PyTorch [0-9.]+ on cpu, 1 thread, float64.*");
    assertThat(experiment.describe().stringColumn("how").asList())
        .anyMatch(how -> how.startsWith("PyTorch on cpu"));
  }

  @Test
  void whyAnEngineStandsInForAnotherIsSaidAndRecordedAndDoesNotDecideTheRun() {
    assertThat(experiment.describe("PyTorch", REASON)).endsWith("float64 (" + REASON.get() + ")");
    Curve curve = experiment.curve(PaperFigure.FIGURE_1, "weight-decay");
    var recorded = experiment.manifest(curve, 0, REASON);
    assertThat(recorded.provenance().engineReason()).isEqualTo(REASON);
    assertThat(recorded.identity())
        .isEqualTo(experiment.manifest(curve, 0, Optional.empty()).identity());
  }
}
