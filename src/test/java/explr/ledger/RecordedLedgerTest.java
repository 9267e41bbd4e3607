package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import explr.experiment.Plan;
import explr.experiment.Results;
import explr.experiment.Settings;
import explr.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    Plan plan =
        Plan.of(
            Settings.of(
                Map.of(
                    "EXPLR_PROFILE", profile, "EXPLR_STORE", folder.resolve("store").toString())),
            0L);
    Results nothingTrained = Results.of(plan, new Store(folder.resolve("store")), RECORDED);
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
