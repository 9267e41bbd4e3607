package explr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.file.Owner;
import explr.file.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed from a store, and what other processes see in the meantime. */
class RemovalTest {

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Store trained;
  private Store store;
  private ResumableRun constant;

  @BeforeAll
  static void train() throws Exception {
    trained = SmallRuns.wholeAndStopped(shared.resolve("store"));
  }

  @BeforeEach
  void copy() throws IOException {
    store = StoreFixture.copy(trained, folder.resolve("store"));
    constant = SmallRuns.constant(store);
  }

  private Path period(int period) {
    return store.entry(constant.lineage(), period).folder();
  }

  private PrunePlan pruneAll() throws IOException {
    return store.prune(StoreFixture.olderThan(Duration.ZERO));
  }

  @Test
  void aRunKeepsItsLabelWhereAProcessHasLockedOneOfItsPeriods() throws Exception {
    PrunePlan pruning = pruneAll();
    assertThat(pruning.runs()).hasSize(2);
    try (ProcessLock held = ProcessLock.on(period(5).resolve(Entry.LOCK)).orElseThrow()) {
      assertThat(held).isNotNull();
      pruning.execute();
      assertThat(period(5).resolve(Entry.MEASUREMENT)).exists();
    }
    assertThat(store.list().runs())
        .extracting(run -> run.label().curve())
        .containsExactly("constant");
    assertThat(store.list().unlabelled()).isEmpty();
    // The negative control: no process holds a lock.
    pruneAll().execute();
    assertThat(store.folder()).isEmptyDirectory();
  }

  @Test
  void aProcessThatTrainsWhileAnotherPrunesLosesNothing() throws Exception {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    Thread pruning =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 50; i++) {
                  pruneAll().execute();
                }
              } catch (IOException | RuntimeException e) {
                failures.add(e);
              }
            });
    pruning.start();
    try {
      while (pruning.isAlive()) {
        SmallRuns.train(constant, false);
      }
    } finally {
      pruning.join();
    }
    assertThat(failures).isEmpty();
    SmallRuns.train(constant, true);
    assertThat(store.rows(constant.lineage())).isEqualTo(trained.rows(constant.lineage()));
  }

  @Test
  void whatALiveProcessWritesIsNotRemovedWhenAPeriodIsLocked() throws Exception {
    Path live =
        Files.writeString(
            period(5)
                .resolve(
                    ".identity.json." + Owner.here().pid() + "-1@" + Owner.here().host() + ".new"),
            "half");
    Path left =
        Files.writeString(
            period(5).resolve(".state.bin.999999999-1@" + Owner.here().host() + ".new"), "half");
    Files.delete(period(5).resolve(PeriodChecksums.FILE));
    SmallRuns.train(constant, false);
    assertThat(live).exists();
    assertThat(left).doesNotExist();
  }

  @Test
  void aPeriodThatIsNotDoneIsDescribedByTheProcessThatLocksIt() throws Exception {
    Path identity = period(4).resolve(StartFolder.IDENTITY);
    Files.delete(identity);
    Files.delete(period(4).resolve(PeriodChecksums.FILE));
    Path done = period(3).resolve(StartFolder.IDENTITY);
    Files.delete(done);
    // It stops as soon as it has looked at the store.
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> SmallRuns.train(constant, false))
        .isInstanceOf(InterruptedException.class);
    assertThat(identity).doesNotExist();
    assertThat(done).exists();
    SmallRuns.train(constant, false);
    assertThat(identity).exists();
  }

  @Test
  void anEmptyFolderOfAStartIsNotOfVersion010AndIsRemoved() throws Exception {
    Path empty = Files.createDirectories(store.folder().resolve("0".repeat(32)));
    assertThat(store.earlierStarts()).isEmpty();
    store.verify(false, notice -> {});
    assertThat(empty).exists();
    store.verify(true, notice -> {});
    assertThat(empty).doesNotExist();

    Files.createDirectories(empty);
    store.prune(StoreFixture.ofProfile("no such profile")).execute();
    assertThat(empty).doesNotExist();
    assertThat(store.list().runs()).hasSize(2);
  }

  @Test
  void aDiscardedRunLosesItsLabel() throws Exception {
    store.discard(constant.lineage());
    assertThat(store.list().runs())
        .extracting(run -> run.label().curve())
        .containsExactly("divided");
  }

  @Test
  void aLabelThatIsRemovedWhileItsFolderIsReadIsNoError() throws Exception {
    Path label = LabelFile.all(store.start(constant.lineage())).get(0);
    Path link = label.resolveSibling("removed.json");
    // A file that is listed, and is not there when it is read.
    Files.createSymbolicLink(link, folder.resolve("nowhere"));
    assertThat(store.list().runs()).hasSize(2);
    assertThat(store.verify(false, notice -> {})).isEmpty();
  }

  @Test
  void aFileThatIsMissingIsDamageOnlyWhileThePeriodIsListed() throws Exception {
    Entry entry = store.entry(constant.lineage(), 5);
    PeriodChecksums contents = entry.verified().orElseThrow();
    Files.delete(entry.file(Entry.STEPS));
    assertThatThrownBy(() -> entry.check(contents, Entry.STEPS))
        .isInstanceOf(DamagedFileException.class);
    Files.delete(entry.file(PeriodChecksums.FILE));
    entry.check(contents, Entry.STEPS);
    assertThat(entry.verified()).isEmpty();
    assertThat(entry.hasRow()).isFalse();
  }
}
