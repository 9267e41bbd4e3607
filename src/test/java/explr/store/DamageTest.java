package explr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.file.Leftovers;
import explr.training.StepCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store with one damaged file: training ends with the bytes of an undisturbed store, and reading
 * returns these bytes or fails with the name of the file and what to do.
 */
class DamageTest {

  @TempDir static Path shared;
  @TempDir Path folder;

  /** Two whole runs that share three periods, one with steps; one that stopped; one apart. */
  private static Store template;

  private static final Map<String, List<String>> ROWS = new HashMap<>();
  private static final Map<String, List<String>> STEPS = new HashMap<>();

  @BeforeAll
  static void train() throws Exception {
    Store whole = new Store(shared.resolve("whole"));
    template = SmallRuns.wholeAndStopped(shared.resolve("template"));
    for (ResumableRun run : runs(whole)) {
      SmallRuns.train(run, true);
      ROWS.put(name(run), whole.rows(run.lineage()));
      STEPS.put(name(run), whole.steps(run.lineage()));
      assertThat(ROWS.get(name(run))).hasSize(1 + 5);
      assertThat(STEPS.get(name(run))).hasSize(1 + 20);
    }
    SmallRuns.train(SmallRuns.other(template), true);
    assertThat(files(template.folder()).stream().map(DamageTest::fileName))
        .contains(
            "identity.json",
            "identity.copy.json",
            "entry.json",
            "measurement.csv",
            "steps.csv",
            "state.bin",
            "checkpoint.bin",
            "checkpoint.previous.bin",
            "steps.partial.csv",
            "timing.jsonl",
            "lock");
  }

  private static List<ResumableRun> runs(Store store) {
    return List.of(SmallRuns.constant(store), SmallRuns.divided(store), SmallRuns.other(store));
  }

  private static String name(ResumableRun run) {
    return run.label().orElseThrow().toString();
  }

  private static String fileName(Path file) {
    return file.getFileName().toString();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Store copy(String name) throws IOException {
    return StoreFixture.copy(template, folder.resolve(name));
  }

  /** Damage to a file of a store. */
  private interface Damage {
    byte[] to(byte[] whole);
  }

  private static Damage flip(long bit) {
    return whole -> {
      byte[] damaged = whole.clone();
      damaged[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
      return damaged;
    };
  }

  private static Damage cut(int length) {
    return whole -> Arrays.copyOf(whole, length);
  }

  /** What came of it. */
  private enum Outcome {
    /** The right bytes, at once or after the advice was followed. */
    RIGHT,
    /** Other bytes, and nobody said so. */
    SILENTLY_WRONG,
    /** An error that its advice does not end. */
    STUCK
  }

  /** Whoever trains: no error at all, and the right bytes. */
  private static Outcome train(Store store) throws InterruptedException {
    try {
      for (ResumableRun run : runs(store)) {
        SmallRuns.train(run, true);
      }
      return rightWhereRead(store) ? Outcome.RIGHT : Outcome.SILENTLY_WRONG;
    } catch (IOException | RuntimeException e) {
      return Outcome.STUCK;
    }
  }

  private static boolean rightWhereRead(Store store) throws IOException {
    for (ResumableRun run : runs(store)) {
      if (!store.rows(run.lineage()).equals(ROWS.get(name(run)))
          || !store.steps(run.lineage()).equals(STEPS.get(name(run)))) {
        return false;
      }
    }
    return true;
  }

  private static final Pattern ADVICE = Pattern.compile("Delete the folder (.+?) and train");

  /**
   * Whoever only reads: what the template holds, or an error that names the damaged file; then its
   * advice is followed.
   */
  private static Outcome read(Store store, Path damaged) throws InterruptedException {
    try {
      return sameAsTemplate(store) ? Outcome.RIGHT : Outcome.SILENTLY_WRONG;
    } catch (IOException e) {
      Matcher advice = ADVICE.matcher(String.valueOf(e.getMessage()));
      if (!e.getMessage().startsWith(damaged + " is damaged") || !advice.find()) {
        return Outcome.STUCK;
      }
      try {
        Leftovers.removeFolder(Path.of(advice.group(1)));
      } catch (IOException notThere) {
        return Outcome.STUCK;
      }
      return train(store);
    } catch (RuntimeException e) {
      return Outcome.STUCK;
    }
  }

  private static boolean sameAsTemplate(Store store) throws IOException {
    if (!store.existingThreadCounts(SmallRuns.TASK).boxed().toList().equals(List.of(1))
        || store.list().runs().size() < runs(store).size() - 1) {
      return false;
    }
    for (ResumableRun run : runs(store)) {
      Lineage lineage = run.lineage();
      if (!store.rows(lineage).equals(template.rows(lineage))
          || !store.steps(lineage).equals(template.steps(lineage))) {
        return false;
      }
      List<String> notices = new ArrayList<>();
      int timings = store.timings(lineage, notices::add).size();
      // Half a line at the end is what a kill leaves.
      if (timings < template.timings(lineage, notices::add).size() - 1) {
        return false;
      }
    }
    return true;
  }

  /** Damages files of copies at random places; counts what came of it. */
  private Map<Outcome, Integer> damageAtRandom(int flips, int cuts, long seed, boolean checksumsFit)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Outcome, Integer> outcomes = new HashMap<>();
    List<Path> all = files(template.folder());
    for (int i = 0; i < flips + cuts; i++) {
      Path file = template.folder().relativize(all.get(random.nextInt(all.size())));
      byte[] whole = Files.readAllBytes(template.folder().resolve(file));
      Damage damage =
          i < flips ? flip(random.nextLong(8L * whole.length)) : cut(random.nextInt(whole.length));
      for (boolean trains : new boolean[] {true, false}) {
        Store store = copy("store");
        Path damaged = store.folder().resolve(file);
        Files.write(damaged, damage.to(whole));
        if (checksumsFit) {
          Resealed.folder(damaged.getParent());
        } else if (!file.endsWith("lock")) {
          requireVerified(store, damaged, i < flips);
        }
        Outcome outcome = trains ? train(store) : read(store, damaged);
        outcomes.merge(outcome, 1, Integer::sum);
        if (!checksumsFit) {
          assertThat(outcome)
              .as("%s of %s, %s", i < flips ? "flip" : "cut", file, trains ? "trained" : "read")
              .isEqualTo(Outcome.RIGHT);
        }
      }
    }
    return outcomes;
  }

  /** Of half a line at the end of times nothing is said: a kill leaves it. */
  private static void requireVerified(Store store, Path damaged, boolean flipped)
      throws IOException {
    List<DamagedFile> findings = store.verify(false, notice -> {});
    if (flipped || !damaged.endsWith("timing.jsonl")) {
      assertThat(findings).as(damaged.toString()).isNotEmpty();
    }
    assertThat(findings).allSatisfy(finding -> assertThat(finding.file()).isEqualTo(damaged));
  }

  @Test
  void ofFortyDamagesNoneIsSilentlyWrongOrLeavesAStoreStuck() throws Exception {
    assertThat(damageAtRandom(30, 10, 1, false)).containsOnlyKeys(Outcome.RIGHT);
  }

  @Test
  @Tag("slow")
  void ofTwoHundredAndFiftyDamagesNoneIsSilentlyWrongOrLeavesAStoreStuck() throws Exception {
    assertThat(damageAtRandom(200, 50, 2, false)).isEqualTo(Map.of(Outcome.RIGHT, 2 * (200 + 50)));
  }

  /** The same where every checksum was made to fit afterwards: then nothing can be noticed. */
  @Test
  void withoutChecksumsTheSameDamagesAreSilentlyWrong() throws Exception {
    Map<Outcome, Integer> outcomes = damageAtRandom(30, 10, 1, true);
    assertThat(outcomes.get(Outcome.SILENTLY_WRONG)).isGreaterThan(5);
  }

  @Test
  void periodsWhoseFilesWereExchangedAreTrainedAgain() throws Exception {
    for (String name :
        List.of("measurement.csv", "steps.csv", "entry.json", "identity.json", "timing.jsonl")) {
      Store store = copy(name);
      Lineage lineage = SmallRuns.constant(store).lineage();
      exchange(file(store, lineage, 1, name), file(store, lineage, 2, name));
      assertThat(train(store)).as(name).isEqualTo(Outcome.RIGHT);
    }
    Store states = copy("states");
    Lineage constant = SmallRuns.constant(states).lineage();
    Lineage other = SmallRuns.other(states).lineage();
    exchange(file(states, constant, 3, "state.bin"), file(states, other, 3, "state.bin"));
    assertThat(states.verify(false, notice -> {})).hasSize(2);
    assertThat(train(states)).isEqualTo(Outcome.RIGHT);
  }

  @Test
  void exchangedFoldersOfPeriodsAreTrainedAgain() throws Exception {
    Store store = copy("store");
    Lineage lineage = SmallRuns.constant(store).lineage();
    exchange(store.entry(lineage, 1).folder(), store.entry(lineage, 2).folder());
    assertThatThrownBy(() -> store.rows(lineage))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("it belongs to another period");
    assertThat(train(store)).isEqualTo(Outcome.RIGHT);
    assertThat(store.verify(false, notice -> {})).isEmpty();
  }

  @Test
  void exchangedFoldersOfStartsAreTrainedAgain() throws Exception {
    Store store = copy("store");
    Lineage constant = SmallRuns.constant(store).lineage();
    Lineage other = SmallRuns.other(store).lineage();
    exchange(store.start(constant).folder(), store.start(other).folder());
    assertThat(store.verify(false, notice -> {})).isNotEmpty();
    assertThat(train(store)).isEqualTo(Outcome.RIGHT);
  }

  @Test
  void aDamagedFirstPeriodDoesNotBlameTheSecondAndDeletingWhatIsNamedHelps() throws Exception {
    Store store = copy("store");
    ResumableRun run = SmallRuns.constant(store);
    Path first = file(store, run.lineage(), 1, "measurement.csv");
    Files.writeString(first, Files.readString(first).replace("epoch", "epock"));
    assertThatThrownBy(() -> store.rows(run.lineage()))
        .hasMessageStartingWith(first + " is damaged: its checksum does not fit its content")
        .hasMessageContaining("Delete the folder " + first.getParent());
    Leftovers.removeFolder(first.getParent());
    assertThat(store.rows(run.lineage())).isEmpty();
    // From the start to the first period; what comes after it is there.
    assertThat(SmallRuns.train(run, true).steps()).isEqualTo(4);
    assertThat(store.rows(run.lineage())).isEqualTo(ROWS.get(name(run)));
  }

  @Test
  void onlyWhatIsDamagedIsTrainedAgainFromTheStateBeforeIt() throws Exception {
    Store store = copy("store");
    ResumableRun run = SmallRuns.constant(store);
    // The state after the third period is kept, since the other run parts there.
    Files.write(file(store, run.lineage(), 4, "measurement.csv"), new byte[0]);
    StepCounter counter = SmallRuns.train(run, true);
    assertThat(counter.steps()).isEqualTo(4);
    assertThat(counter.notices())
        .containsExactly(
            file(store, run.lineage(), 4, "measurement.csv")
                + " is damaged: its length is 0 instead of "
                + Files.size(file(template, run.lineage(), 4, "measurement.csv"))
                + " bytes; the period is trained again");
  }

  @Test
  void damagedStepsDoNotCostTheRowWhereNobodyWantsThem() throws Exception {
    Store store = copy("store");
    ResumableRun run = SmallRuns.constant(store);
    Path steps = file(store, run.lineage(), 2, "steps.csv");
    Files.write(steps, new byte[0]);
    assertThat(store.rows(run.lineage())).isEqualTo(ROWS.get(name(run)));
    assertThatThrownBy(() -> store.steps(run.lineage()))
        .hasMessageStartingWith(steps + " is damaged");
    StepCounter counter = SmallRuns.train(run, false);
    assertThat(counter.steps()).isZero();
    assertThat(counter.notices()).singleElement().asString().contains("count as not measured");
    assertThat(store.steps(run.lineage())).hasSize(1 + 4);
    assertThat(SmallRuns.train(run, true).steps()).isPositive();
    assertThat(store.steps(run.lineage())).isEqualTo(STEPS.get(name(run)));
  }

  @Test
  void whatIsRepairedIsTrainedAgain() throws Exception {
    // One file of each name.
    Map<String, Path> byName = new TreeMap<>();
    files(template.folder()).forEach(file -> byName.put(fileName(file), file));
    byName.remove("lock");
    assertThat(byName).hasSizeGreaterThan(10);
    for (Path file : byName.values()) {
      Path name = template.folder().relativize(file);
      Store store = copy("store");
      Files.write(store.folder().resolve(name), new byte[] {1});
      boolean told = !name.endsWith("timing.jsonl");
      assertThat(store.verify(true, notice -> {})).as(name.toString()).hasSize(told ? 1 : 0);
      assertThat(store.verify(false, notice -> {})).as(name.toString()).isEmpty();
      assertThat(train(store)).as(name.toString()).isEqualTo(Outcome.RIGHT);
      assertThat(store.verify(false, notice -> {})).as(name.toString()).isEmpty();
    }
  }

  @Test
  void aPeriodOfALaterVersionIsNamedAndLeftAlone() throws Exception {
    Store store = copy("store");
    ResumableRun run = SmallRuns.constant(store);
    Path entry = file(store, run.lineage(), 2, "entry.json");
    String later =
        SealedJson.write(Map.of("entry", 2, "address", run.lineage().at(2).hex(), "more", "…"));
    Files.writeString(entry, later);
    assertThatThrownBy(() -> store.rows(run.lineage()))
        .hasMessage(
            entry + " was written by a later version of this program; use that, or another store");
    assertThatThrownBy(() -> SmallRuns.train(run, true)).hasMessageContaining("a later version");
    assertThat(entry).content().isEqualTo(later);
  }

  private static Path file(Store store, Lineage lineage, int period, String name) {
    return store.entry(lineage, period).folder().resolve(name);
  }

  private static void exchange(Path one, Path other) throws IOException {
    Path aside = one.resolveSibling("aside");
    Files.move(one, aside);
    Files.move(other, one);
    Files.move(aside, other);
  }
}
