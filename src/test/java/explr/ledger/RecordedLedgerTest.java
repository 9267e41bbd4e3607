package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.experiment.Experiment;
import explr.experiment.Profile;
import explr.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

/** The verdicts kept beside the notebooks are those of today's rule on the runs kept there. */
class RecordedLedgerTest {

  private static final Path RECORDED = Path.of("notebooks/recorded");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sample", "laptop"})
  void recordedVerdictsFollowFromRecordedRuns(String profile) throws Exception {
    Experiment nothingTrained =
        new Experiment(
            Profile.of(profile),
            EmbeddedSample.load(),
            new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1),
            new Store(folder.resolve("store")),
            RECORDED,
            Duration.ZERO,
            Optional.empty());
    Ledger ledger = Ledger.of(nothingTrained, List.of(0L));
    LedgerFiles.write(ledger, folder);

    assertThat(read(folder.resolve("claims.csv")))
        .isEqualTo(read(RECORDED.resolve(profile).resolve("claims.csv")));
    assertThat(Files.readString(RECORDED.resolve(profile).resolve("claims.md")))
        .contains(ledger.summary());
  }

  /** Without what differs: there the runs had been trained, here they are recorded. */
  private static String read(Path file) {
    return Table.read().csv(file.toFile()).removeColumns("recorded").write().toString("csv");
  }
}
