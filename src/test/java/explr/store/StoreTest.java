package explr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.file.Digests;
import explr.file.Leftovers;
import explr.file.Owner;
import explr.file.ProcessLock;
import explr.training.Listener;
import explr.training.Run;
import explr.training.StepCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs that share three of their five periods, and one apart. */
class StoreTest {

  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Store trained;
  private Store store;

  @BeforeAll
  static void train() throws Exception {
    trained = new Store(shared.resolve("store"));
    SmallRuns.train(SmallRuns.constant(trained), false);
    SmallRuns.train(SmallRuns.divided(trained), false);
    SmallRuns.train(SmallRuns.other(trained), false);
  }

  @BeforeEach
  void copy() throws IOException {
    store = StoreFixture.copy(trained, folder.resolve("store"));
  }

  private static Optional<ListedRun> run(Store store, String curve, long seed) throws IOException {
    return store.list().runs().stream()
        .filter(run -> run.label().curve().equals(curve) && run.label().seed() == seed)
        .findFirst();
  }

  private ListedRun listed(String curve) throws IOException {
    return run(store, curve, 0).orElseThrow();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void anIdentityLiesNextToWhatItNamesAndItsDigestIsTheName() throws Exception {
    int count = 0;
    for (Path file : files(store.folder())) {
      if (file.getFileName().toString().startsWith("identity.")) {
        assertThat(Digests.sha256(Files.readAllBytes(file)))
            .startsWith(file.getParent().getFileName().toString());
        count++;
      }
    }
    assertThat(count).isEqualTo(2 * 2 + 7 + 5);
  }

  @Test
  void aListSaysWhatEachRunWasForAndHowFarItIs() throws Exception {
    Catalog catalog = store.list();
    assertThat(catalog.runs())
        .extracting(run -> run.label().toString())
        .containsExactly(
            "the constant rate, seed 0", "the constant rate, seed 1", "the divided rate, seed 0");
    for (ListedRun run : catalog.runs()) {
      assertThat(run.state()).isEqualTo(ListedRun.State.COMPLETE);
      assertThat(run.done()).isEqualTo(5);
      assertThat(run.length()).isEqualTo(5);
      assertThat(run.computedBy()).isEqualTo("MXNet, cpu, float32, threads 1");
      assertThat(Duration.between(run.lastUsed(), Instant.now())).isLessThan(Duration.ofHours(1));
    }
    long all = 0;
    for (Path file : files(store.folder())) {
      // Of a period, not of a start.
      if (store.folder().relativize(file).getNameCount() == 3
          && !file.toString().contains("runs")) {
        all += Files.size(file);
      }
    }
    assertThat(catalog.bytes()).isEqualTo(all);
    long shown = catalog.runs().stream().mapToLong(ListedRun::bytes).sum();
    // Shared periods count in each of their runs.
    assertThat(shown).isGreaterThan(all);
    assertThat(catalog.unlabelled()).isEmpty();
    assertThat(catalog.earlier()).isEmpty();
    assertThat(catalog.damagedLabels()).isEmpty();
    assertThat(catalog.leftovers()).isEmpty();
  }

  @Test
  void aStoppedRunIsPartialAndADamagedOneNamesTheFile() throws Exception {
    store.entry(SmallRuns.divided(store).lineage(), 5).removal().discard();
    assertThat(listed("divided").state()).isEqualTo(ListedRun.State.PARTIAL);
    assertThat(listed("divided").done()).isEqualTo(4);

    Path file =
        store.entry(SmallRuns.constant(store).lineage(), 4).folder().resolve("measurement.csv");
    Files.write(file, new byte[0]);
    assertThat(listed("constant").state()).isEqualTo(ListedRun.State.DAMAGED);
    assertThat(listed("constant").detail()).startsWith(file + " is damaged");
    assertThat(listed("constant").done()).isEqualTo(3);
    assertThat(listed("divided").state()).isEqualTo(ListedRun.State.PARTIAL);
  }

  @Test
  void aRunThatIsTrainedNamesItsProcessAndIsNeitherPrunedNorVerified() throws Exception {
    ResumableRun constant = SmallRuns.constant(store);
    store.entry(constant.lineage(), 5).removal().discard();
    List<String> seen = new ArrayList<>();
    Listener looking =
        new Listener() {
          @Override
          public void between(Run run, int steps) {
            try {
              ListedRun training = listed("constant");
              seen.add(training.state() + " " + training.detail());
              PrunePlan pruning = store.prune(StoreFixture.ofProfile("small"));
              seen.add(pruning.kept().toString());
              assertThat(pruning.runs()).hasSize(2);
              assertThat(pruning.periods().keySet())
                  .doesNotContainAnyElementsOf(training.periods());
              store.verify(true, seen::add);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        };
    constant.train(5, false, looking);
    assertThat(seen)
        .contains("IN_TRAINING process " + Owner.here())
        .anyMatch(notice -> notice.contains("is not checked: process " + Owner.here()));
    assertThat(store.rows(constant.lineage())).isEqualTo(trained.rows(constant.lineage()));
  }

  @Test
  void aWaitingTrainingNamesTheProcessItWaitsFor() throws Exception {
    ResumableRun constant = SmallRuns.constant(store);
    store.entry(constant.lineage(), 5).removal().discard();
    Path period = store.entry(constant.lineage(), 5).folder();
    Files.createDirectories(period);
    StepCounter counter = new StepCounter(-1);
    Thread waiting =
        new Thread(
            () -> {
              try {
                constant.train(5, false, counter);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    try (ProcessLock held = ProcessLock.on(period.resolve("lock")).orElseThrow()) {
      assertThat(held).isNotNull();
      waiting.start();
      while (counter.notices().isEmpty()) {
        Thread.onSpinWait();
      }
    }
    waiting.join();
    assertThat(counter.notices())
        .containsExactly(
            "another thread of this process trains the next period (5); waiting for it");
  }

  private void setAge(Duration age, ListedRun... runs) throws IOException {
    for (ListedRun run : runs) {
      List<Path> files = new ArrayList<>(List.of(run.file()));
      for (Path period : run.periods()) {
        files.addAll(files(period));
      }
      for (Path file : files) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
      }
    }
  }

  @Test
  void whatIsPrunedByAgeLeavesWhatOtherRunsNeed() throws Exception {
    setAge(MONTH.plusDays(1), listed("constant"));
    Lineage constant = SmallRuns.constant(store).lineage();
    Lineage divided = SmallRuns.divided(store).lineage();
    // Shared periods are younger again, since the other run was read.
    store.rows(divided);
    PrunePlan pruning = store.prune(StoreFixture.olderThan(MONTH));
    assertThat(pruning.runs()).extracting(run -> run.label().curve()).containsExactly("constant");
    assertThat(pruning.periods().keySet())
        .containsExactlyInAnyOrder(
            store.entry(constant, 4).folder(), store.entry(constant, 5).folder());
    assertThat(store.list().runs()).hasSize(3);

    PrunePlan.Removed removed = pruning.execute();
    assertThat(removed.bytes()).isEqualTo(pruning.bytes()).isPositive();
    assertThat(removed.periods()).isEqualTo(2);
    assertThat(removed.kept()).isEmpty();
    assertThat(run(store, "constant", 0)).isEmpty();
    assertThat(run(store, "constant", 1)).isPresent();
    assertThat(store.periodsDone(constant)).isEqualTo(3);
    assertThat(store.rows(divided)).isEqualTo(trained.rows(divided));
    assertThat(SmallRuns.train(SmallRuns.constant(store), false).steps()).isEqualTo(8);
    assertThat(store.rows(constant)).isEqualTo(trained.rows(constant));
  }

  @Test
  void whatIsReadOrTrainedCountsAsUsed() throws Exception {
    setAge(MONTH.plusDays(1), listed("constant"), listed("divided"));
    assertThat(store.prune(StoreFixture.olderThan(MONTH)).runs()).hasSize(2);
    store.measurements(SmallRuns.divided(store).lineage());
    assertThat(store.prune(StoreFixture.olderThan(MONTH)).runs()).hasSize(1);
    SmallRuns.train(SmallRuns.constant(store), false);
    assertThat(store.prune(StoreFixture.olderThan(MONTH)).runs()).isEmpty();
  }

  @Test
  void whatIsPrunedByProfileIsThatProfilesAlone() throws Exception {
    PrunePlan none = store.prune(StoreFixture.ofProfile("large"));
    assertThat(none.runs()).isEmpty();
    assertThat(none.bytes()).isZero();

    // The same run, trained for another profile, too.
    ResumableRun small = SmallRuns.constant(store);
    ResumableRun large =
        new ResumableRun(
            store,
            small.lineage(),
            small.forks(),
            small.checkpointEvery(),
            small.commit(),
            Optional.of(new Label("large", "constant", "the constant rate", 0)));
    assertThat(SmallRuns.train(large, false).steps()).isZero();
    assertThat(store.list().runs()).hasSize(4);
    store.prune(StoreFixture.ofProfile("small")).execute();
    assertThat(store.list().runs()).extracting(run -> run.label().profile()).containsOnly("large");
    assertThat(store.rows(small.lineage())).isEqualTo(trained.rows(small.lineage()));
    // The folder of the other seed has gone with its last run.
    assertThat(store.starts()).hasSize(1);
    store.prune(StoreFixture.ofProfile("large")).execute();
    assertThat(store.folder()).isEmptyDirectory();
  }

  @Test
  void whatWasRecordedIsKeptWhereOnlyTheUnrecordedIsPruned() throws Exception {
    Path recorded = folder.resolve("recorded");
    PruneCriteria unrecorded =
        new PruneCriteria(Optional.empty(), Optional.empty(), Optional.of(recorded));
    assertThatThrownBy(() -> store.prune(unrecorded)).hasMessageContaining("no recorded run");

    Path run = Files.createDirectories(recorded.resolve("small/runs/divided-seed-0"));
    Files.write(run.resolve("measurements.csv"), store.rows(SmallRuns.divided(store).lineage()));
    PrunePlan pruning = store.prune(unrecorded);
    assertThat(pruning.runs())
        .extracting(gone -> gone.label().toString())
        .containsExactly("the constant rate, seed 0", "the constant rate, seed 1");
    // Two of the first run's periods are its own; five of the other seed's.
    assertThat(pruning.periods()).hasSize(2 + 5);
  }

  @Test
  void aPeriodWithoutALabelGoesByItsAgeAlone() throws Exception {
    ListedRun constant = listed("constant");
    setAge(MONTH.plusDays(1), constant);
    Files.delete(constant.file());
    PrunePlan byProfile =
        store.prune(new PruneCriteria(Optional.of(MONTH), Optional.of("small"), Optional.empty()));
    assertThat(byProfile.periods()).isEmpty();
    assertThat(store.list().unlabelled()).hasSize(2);
    PrunePlan byAge = store.prune(StoreFixture.olderThan(MONTH));
    assertThat(byAge.unlabelled()).isEqualTo(2);
    byAge.execute();
    assertThat(store.list().unlabelled()).isEmpty();
  }

  @Test
  void aLabelThatIsDamagedIsNamedAndWrittenAgain() throws Exception {
    Path label = listed("constant").file();
    Files.writeString(label, Files.readString(label).replace("seed\":0", "seed\":5"));
    assertThat(store.list().damagedLabels()).containsExactly(label);
    assertThat(store.verify(false, notice -> {}))
        .singleElement()
        .extracting(DamagedFile::file)
        .isEqualTo(label);
    SmallRuns.train(SmallRuns.constant(store), false);
    assertThat(store.list().damagedLabels()).isEmpty();
    assertThat(store.verify(false, notice -> {})).isEmpty();
  }

  @Test
  void halfWrittenFilesAreListedAndGoWhenTheRunIsTrainedNext() throws Exception {
    Path left =
        store
            .entry(SmallRuns.constant(store).lineage(), 2)
            .folder()
            .resolve(".state.bin.999999999-1@" + Owner.here().host() + ".new");
    Files.writeString(left, "half");
    assertThat(store.list().leftovers()).containsExactly(left);
    SmallRuns.train(SmallRuns.constant(store), false);
    assertThat(left).doesNotExist();
  }

  @Test
  void aThreadCountIsReadWhateverItIs() throws Exception {
    assertThat(store.existingThreadCounts(SmallRuns.TASK)).containsExactly(1);
    var many = SmallRuns.TASK.on(SmallRuns.TASK.backend().withThreads(250));
    Lineage lineage = Lineage.of(many, SmallRuns.CONSTANT);
    store.start(lineage).write(lineage.identity(0), notice -> {});
    assertThat(store.existingThreadCounts(SmallRuns.TASK)).containsExactly(1);
    StoreFixture.finish(store, lineage, 1);
    assertThat(store.existingThreadCounts(SmallRuns.TASK)).containsExactly(1, 250);
    assertThat(store.existingThreadCounts(SmallRuns.TASK.withSeed(9))).isEmpty();
  }

  @Test
  void pruningNeedsACriterion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PruneCriteria(Optional.empty(), Optional.empty(), Optional.empty()))
        .withMessageContaining("none is given");
  }

  @Test
  void anEmptyStoreHoldsNothing() throws Exception {
    Store nothing = new Store(folder.resolve("nothing"));
    assertThat(nothing.list().runs()).isEmpty();
    assertThat(nothing.verify(true, notice -> {})).isEmpty();
    assertThat(nothing.prune(StoreFixture.olderThan(Duration.ZERO)).periods()).isEmpty();
    assertThat(nothing.folder()).doesNotExist();
    Leftovers.removeFolder(nothing.folder());
  }
}
