package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a later version of the program wrote are named and left as they are. */
class LaterVersionTest {

  private static final String LATER =
      " was written by a later version of this program; use that, or another store";

  @TempDir static Path shared;
  @TempDir Path folder;

  /** A whole run, and one that stopped in its fifth period. */
  private static Store trained;

  private Store store;
  private ResumableRun constant;
  private ResumableRun divided;

  @BeforeAll
  static void train() throws Exception {
    trained = SmallRuns.wholeAndStopped(shared.resolve("store"));
  }

  @BeforeEach
  void copy() throws IOException {
    store = StoreFixture.copy(trained, folder.resolve("store"));
    constant = SmallRuns.constant(store);
    divided = SmallRuns.divided(store);
  }

  private Path file(ResumableRun run, int period, String name) {
    return store.entry(run.lineage(), period).file(name);
  }

  /** Turns a checkpoint or state into one of another version. */
  private static void setVersion(Path file, int version) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putInt(Integer.BYTES, version);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - Long.BYTES);
    buffer.putLong(bytes.length - Long.BYTES, checksum.getValue());
    Files.write(file, bytes);
    assertThatThrownBy(() -> CheckpointFile.read(bytes))
        .hasMessageContaining("version " + version + ";");
  }

  private void requireLeftAloneByVerify(Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);
    List<String> notices = new ArrayList<>();
    assertThat(store.verify(true, notices::add)).isEmpty();
    assertThat(notices).singleElement().asString().startsWith(file + LATER);
    assertThat(file).hasBinaryContent(before);
  }

  private void requireLeftAloneByTraining(Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> SmallRuns.train(divided, true)).hasMessage(file + LATER);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aCheckpointIsNeitherRepairedNorReplaced() throws Exception {
    Path file = file(divided, 5, Checkpoints.NEWEST);
    setVersion(file, 4);
    requireLeftAloneByVerify(file);
    requireLeftAloneByTraining(file);
  }

  @Test
  void aStateIsNeitherRepairedNorReplaced() throws Exception {
    // The fifth period begins at the state of the fourth.
    store.entry(divided.lineage(), 5).removal().discard();
    Path file = file(divided, 4, Entry.STATE);
    setVersion(file, 4);
    requireLeftAloneByVerify(file);
    requireLeftAloneByTraining(file);
  }

  /** The negative control: no version before this one's wrote such a file. */
  @Test
  void aStateOfALowerVersionIsDamaged() throws Exception {
    setVersion(file(constant, 5, Entry.STATE), 1);
    assertThat(store.verify(true, notice -> {})).hasSize(1);
    assertThat(file(constant, 5, Entry.STATE)).doesNotExist();
  }

  private Path laterLabel() throws IOException {
    Path file =
        LabelFile.all(store.start(constant.lineage())).stream()
            .filter(label -> label.toString().contains(constant.lineage().at(5).folderName()))
            .findFirst()
            .orElseThrow();
    Map<String, Object> members =
        Map.of("label", 2, "for", List.of("a profile", "another"), "periods", List.of());
    Files.write(file, SealedJson.write(members).getBytes(UTF_8));
    return file;
  }

  @Test
  void aLabelIsLeftAloneAndNoPeriodThatItMayNameIsPruned() throws Exception {
    Path label = laterLabel();
    requireLeftAloneByVerify(label);
    Catalog catalog = store.list();
    assertThat(catalog.damagedLabels()).isEmpty();
    assertThat(catalog.runs()).hasSize(1);
    PrunePlan pruning = store.prune(StoreFixture.olderThan(Duration.ZERO));
    assertThat(pruning.runs()).hasSize(1);
    assertThat(pruning.periods().keySet())
        .doesNotContain(store.entry(constant.lineage(), 5).folder());
    pruning.execute();
    assertThat(store.rows(constant.lineage())).isEmpty();
    assertThat(store.entry(constant.lineage(), 5).hasRow()).isTrue();
    assertThat(label).exists();
  }

  @Test
  void aPeriodIsListedAndKeptAndDoesNotHideTheRest() throws Exception {
    Path entry = file(constant, 5, PeriodChecksums.FILE);
    Files.writeString(
        entry,
        SealedJson.write(
            Map.of("entry", 2, "address", constant.lineage().at(5).hex(), "more", "…")));
    assertThat(store.list().runs()).hasSize(2);
    ListedRun listed =
        store.list().runs().stream()
            .filter(run -> run.label().curve().equals("constant"))
            .findFirst()
            .orElseThrow();
    assertThat(listed.state()).hasToString("LATER_VERSION");
    assertThat(listed.detail()).isEqualTo(entry + LATER);
    assertThat(listed.done()).isEqualTo(4);
    requireLeftAloneByVerify(entry);
    PrunePlan pruning = store.prune(StoreFixture.olderThan(Duration.ZERO));
    assertThat(pruning.runs()).extracting(run -> run.label().curve()).containsExactly("divided");
    assertThat(pruning.periods().keySet()).doesNotContainAnyElementsOf(listed.periods()).hasSize(2);
  }

  @Test
  void anUnlabelledPeriodIsKept() throws Exception {
    Path entry = file(constant, 5, PeriodChecksums.FILE);
    Files.writeString(entry, SealedJson.write(Map.of("entry", 2, "address", "…")));
    for (Path label : LabelFile.all(store.start(constant.lineage()))) {
      Files.delete(label);
    }
    PrunePlan pruning = store.prune(StoreFixture.olderThan(Duration.ZERO));
    assertThat(pruning.periods()).hasSize(4 + 2);
    assertThat(pruning.periods().keySet()).doesNotContain(entry.getParent());
  }

  @Test
  void aPeriodOrLabelWithoutAVersionOrWithALowerOneIsDamaged() throws Exception {
    Path entry = file(constant, 5, PeriodChecksums.FILE);
    for (Map<String, Object> members :
        List.<Map<String, Object>>of(Map.of("address", "…"), Map.of("entry", 0, "address", "…"))) {
      Files.writeString(entry, SealedJson.write(members));
      assertThatThrownBy(() -> store.entry(constant.lineage(), 5).hasRow())
          .isInstanceOf(DamagedFileException.class)
          .hasMessageStartingWith(entry + " is damaged: ");
    }
    assertThat(SmallRuns.train(constant, true).steps()).isPositive();
    assertThat(store.rows(constant.lineage())).isEqualTo(trained.rows(constant.lineage()));
  }
}
