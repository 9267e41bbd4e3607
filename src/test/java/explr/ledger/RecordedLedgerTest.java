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
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Ledger ledger = asWhereTheyWereTrained(Ledger.of(nothingTrained, List.of(0L)));
    Path recorded = RECORDED.resolve(profile);
    String csv = LedgerFiles.csv(ledger);
    String markdown = LedgerFiles.markdown(ledger, recorded);
    // mvn -q test -Dtest=RecordedLedgerTest -Drecord=write
    if ("write".equals(System.getProperty("record"))) {
      Files.writeString(recorded.resolve("claims.csv"), csv);
      Files.writeString(recorded.resolve("claims.md"), markdown);
    }

    assertThat(recorded.resolve("claims.csv")).content().isEqualTo(csv);
    assertThat(recorded.resolve("claims.md")).content().isEqualTo(markdown);
  }

  /** The files were written where the runs had been trained, with links to their folders. */
  private static Ledger asWhereTheyWereTrained(Ledger ledger) {
    List<Finding> findings =
        ledger.findings().stream()
            .map(
                found ->
                    new Finding(
                        found.claim(),
                        found.bySeed(),
                        Set.of(),
                        found.mean(),
                        found.decision(),
                        found.because()))
            .toList();
    return new Ledger(ledger.profile(), ledger.data(), ledger.seeds(), findings);
  }
}
