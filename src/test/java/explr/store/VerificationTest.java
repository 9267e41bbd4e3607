package explr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with steps that stopped in its fifth period, with two checkpoints. */
class VerificationTest {

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Store trained;
  private Store store;
  private ResumableRun run;
  private Entry last;

  @BeforeAll
  static void train() throws Exception {
    trained = new Store(shared.resolve("store"));
    ResumableRun all = SmallRuns.divided(trained);
    SmallRuns.stopAt(all, true, 18);
    // One more, so that the two checkpoints differ by a row of steps.
    SmallRuns.stopAt(stoppingOnly(all), true, 19);
  }

  /** Saves only where it is stopped. */
  private static ResumableRun stoppingOnly(ResumableRun run) {
    return new ResumableRun(
        run.store(), run.lineage(), run.forks(), Duration.ofDays(1), run.commit(), run.label());
  }

  @BeforeEach
  void copy() throws IOException {
    store = StoreFixture.copy(trained, folder.resolve("store"));
    run = SmallRuns.divided(store);
    last = store.entry(run.lineage(), 5);
  }

  private long iteration(String checkpoint) throws IOException {
    return Checkpoints.read(last.file(checkpoint), last.address()).checkpoint().state().iteration();
  }

  @Test
  void aCheckpointThatIsContinuedFromIsNotReplacedByADamagedOne() throws Exception {
    assertThat(iteration(Checkpoints.NEWEST)).isEqualTo(19);
    assertThat(iteration(Checkpoints.PREVIOUS)).isEqualTo(18);
    Files.write(last.file(Checkpoints.NEWEST), new byte[] {1});
    SmallRuns.stopAt(stoppingOnly(run), true, 19);
    assertThat(iteration(Checkpoints.NEWEST)).isEqualTo(19);
    assertThat(iteration(Checkpoints.PREVIOUS)).isEqualTo(18);
  }

  @Test
  void stepsThatFitThePreviousCheckpointAreKept() throws Exception {
    Path log = last.file(Entry.STEPS_SO_FAR);
    byte[] rows = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(rows, rows.length - 1));
    assertThat(store.verify(false, notice -> {}))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.file()).isEqualTo(log);
              assertThat(found.repair()).contains("previous checkpoint");
            });
    store.verify(true, notice -> {});
    assertThat(log).exists();
    assertThat(store.verify(false, notice -> {})).isEmpty();
    assertThat(run.iterationsDone(5, true)).isEqualTo(18);
    assertThat(SmallRuns.train(run, true).steps()).isEqualTo(2);
  }

  @Test
  void stepsThatFitNoCheckpointAreRemoved() throws Exception {
    Path log = last.file(Entry.STEPS_SO_FAR);
    Files.write(log, new byte[] {1});
    store.verify(true, notice -> {});
    assertThat(log).doesNotExist();
  }

  @Test
  void stepsThatAreMissingAreReported() throws Exception {
    Path log = last.file(Entry.STEPS_SO_FAR);
    Files.delete(log);
    List<String> notices = new ArrayList<>();
    store.verify(false, notices::add);
    assertThat(notices).singleElement().asString().startsWith(log + " is missing");
  }

  @Test
  void anIdentityThatIsMissingIsNotRepairedButWrittenWhenItsRunIsTrained() throws Exception {
    Path start = store.start(run.lineage()).folder();
    for (String name : List.of(StartFolder.IDENTITY, StartFolder.COPY)) {
      Files.delete(start.resolve(name));
    }
    List<String> notices = new ArrayList<>();
    assertThat(store.verify(true, notices::add)).isEmpty();
    assertThat(notices)
        .hasSize(2)
        .allSatisfy(
            notice ->
                assertThat(notice)
                    .endsWith(" is missing; it is written when its run is trained next"));
    SmallRuns.train(run, true);
    assertThat(start.resolve(StartFolder.IDENTITY)).exists();
  }

  @Test
  void anEmptyRecordingIsNoRunAndNoFailure() throws Exception {
    Path recorded = Files.createDirectories(folder.resolve("recorded"));
    Files.write(recorded.resolve("measurements.csv"), new byte[0]);
    assertThatThrownBy(() -> RecordedRows.of(recorded)).hasMessageContaining("no recorded run");
    Path whole = Files.createDirectories(recorded.resolve("run")).resolve("measurements.csv");
    Files.write(whole, store.rows(run.lineage()));
    assertThat(RecordedRows.of(recorded).endsWith(store.entry(run.lineage(), 4).folder())).isTrue();
    assertThat(RecordedRows.of(recorded).endsWith(store.entry(run.lineage(), 3).folder()))
        .isFalse();
  }
}
