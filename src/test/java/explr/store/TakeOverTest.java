package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.machine.JavaCommand;
import explr.measurement.Timing;
import explr.training.CheckpointFile;
import explr.training.StepCounter;
import explr.training.Task;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A store that version 0.1.0 (commit da0d225) wrote, on the computer below: the task of {@link
 * SmallRuns} driven by {@link PlainRates}, with its steps; of seed 0 whole, of seed 1 stopped after
 * 6 of 8 iterations.
 */
class TakeOverTest {

  private static final Computer COMPUTER =
      new Computer(
          "1.9.1-20220812",
          Optional.empty(),
          "amd64 GenuineIntel sse4_1 avx avx2 fma avx_vnni avx512f avx512dq avx512bw avx512vl"
              + " avx512_vnni avx512_bf16 avx512_fp16 amx_tile");

  private static final String START = "14edda6819fcac024c22a1e1efed4dc3";
  private static final String FIRST = START + "/af22a6612c412a0c57b6ca031dcb68a1";
  private static final String SECOND = START + "/30350bed6fe0ea8898ad08bf484e65de";
  private static final String STOPPED =
      "c02039af85b00bfbbe32b557ceacaf9e/72d8d824558cb18d0b9ff37740bc3f54";

  private static final Lineage WHOLE = lineage(0);
  private static final Lineage PART = lineage(1);

  @TempDir private Path folder;
  private Store store;

  private static Lineage lineage(long seed) {
    return Lineage.of(SmallRuns.TASK.withSeed(seed), new PlainRates());
  }

  private static Path original() {
    try {
      return Path.of(TakeOverTest.class.getResource("store-of-0.1.0").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    store = copy(folder.resolve("store"));
  }

  private static Store copy(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(original())) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(original().relativize(file).toString()));
      }
    }
    return new Store(to);
  }

  private static TakeOver of(Store store, Lineage lineage) {
    return new TakeOver(store, lineage, COMPUTER);
  }

  private static List<String> original(String... files) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : files) {
      List<String> more = Files.readAllLines(original().resolve(file));
      lines.addAll(lines.isEmpty() ? more : more.subList(1, more.size()));
    }
    return lines;
  }

  private static void requireTakenOver(Store store) throws IOException {
    assertThat(store.rows(WHOLE))
        .isEqualTo(original(FIRST + "/measurement.csv", SECOND + "/measurement.csv"));
    assertThat(store.steps(WHOLE)).isEqualTo(original(FIRST + "/steps.csv", SECOND + "/steps.csv"));
    for (int period = 1; period <= 2; period++) {
      Path old = original().resolve(period == 1 ? FIRST : SECOND);
      CheckpointFile then = CheckpointFile.read(Files.readAllBytes(old.resolve("state.bin")));
      Path now = store.entry(WHOLE, period).folder();
      assertThat(Files.readAllBytes(now.resolve("state.bin")))
          .isEqualTo(
              new CheckpointFile(WHOLE.at(period).hex(), then.marks(), then.checkpoint())
                  .toBytes());
    }
    assertThat(store.verify(false, notice -> {})).isEmpty();
  }

  @Test
  void whateverARunHasIsTakenOver() throws Exception {
    assertThat(store.list().earlier()).hasSize(4);
    assertThat(store.list().runs()).isEmpty();
    of(store, WHOLE).moveOrThrow();
    requireTakenOver(store);
    assertThat(store.folder().resolve(START)).doesNotExist();
    assertThat(store.list().earlier()).hasSize(2);
    List<Timing> timings =
        store.timings(
            WHOLE,
            notice -> {
              throw new AssertionError(notice);
            });
    assertThat(timings).hasSize(2).allMatch(timing -> timing.images() == 64);
    // A second time there is nothing to do.
    of(store, WHOLE).moveOrThrow();
    requireTakenOver(store);
  }

  @Test
  void aRunThatStoppedInTheMiddleOfAPeriodContinuesThere() throws Exception {
    of(store, PART).move(notice -> {});
    assertThat(store.list().earlier()).hasSize(2);
    assertThat(store.rows(PART)).hasSize(1 + 1);
    ResumableRun run =
        new ResumableRun(store, PART, Set.of(), Duration.ZERO, Optional.empty(), Optional.empty());
    assertThat(run.iterationsDone(2, true)).isEqualTo(6);
    StepCounter counter = SmallRuns.train(run, true);
    assertThat(counter.steps()).isEqualTo(2);
    assertThat(counter.notices()).isEmpty();
    assertThat(store.steps(PART).subList(0, 1 + 6))
        .isEqualTo(
            original(
                "c02039af85b00bfbbe32b557ceacaf9e/661271d03aae0974a8757f2b625739bc/steps.csv",
                STOPPED + "/steps.partial.csv"));
    assertThat(store.rows(PART)).hasSize(1 + 2);
  }

  @Test
  void threadCountsOfEarlierStoresAreFound() throws Exception {
    Task task = SmallRuns.TASK;
    Address here =
        EarlierVersion.start(task.on(task.backend().withThreads(7)), Computer.of(task.backend()));
    assertThat(store.existingThreadCounts(task.withSeed(3))).isEmpty();
    Files.move(store.folder().resolve(START), store.folder().resolve(here.folderName()));
    assertThat(store.existingThreadCounts(task)).containsExactly(7);
  }

  @ParameterizedTest
  @CsvSource({
    "epoch, epock",
    "'1.0,4,', '1.0,5,'",
    "'1.0,4,', '1.5,4,'",
    "-1.0, -1.5",
    "'0.1,-1.0,0.0', '0.1,-1.0,0.5'",
    "0.3736106408387349, 0.3736106408387359",
    "'0.09375,', '9.9375,'",
  })
  void aRowThatCannotBeThisRunsIsNamedToReadersAndTrainedAgain(String text, String other)
      throws Exception {
    Path row = store.folder().resolve(FIRST).resolve("measurement.csv");
    assertThat(row).content().contains(text);
    Files.writeString(row, Files.readString(row).replaceFirst(text, other));
    assertThatThrownBy(() -> of(store, WHOLE).moveOrThrow())
        .isInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith(row + " is damaged: ")
        .hasMessageEndingWith("Delete the folder " + row.getParent() + " and train the run again");
    assertThat(row).exists();
    List<String> notices = new ArrayList<>();
    of(store, WHOLE).move(notices::add);
    assertThat(notices).singleElement().asString().startsWith(row + " is damaged");
    assertThat(store.rows(WHOLE)).isEmpty();
    assertThat(store.entry(WHOLE, 2).hasRow()).isTrue();
  }

  @Test
  void stepsThatCannotBeThisRunsAreLeftOut() throws Exception {
    Path steps = store.folder().resolve(SECOND).resolve("steps.csv");
    List<String> lines = Files.readAllLines(steps);
    Files.write(steps, lines.subList(0, 4));
    assertThatThrownBy(() -> of(store, WHOLE).moveOrThrow())
        .hasMessageStartingWith(steps + " is damaged");
    of(store, WHOLE).move(notice -> {});
    assertThat(store.rows(WHOLE)).hasSize(1 + 2);
    assertThat(store.steps(WHOLE)).hasSize(1 + 4);
  }

  @Test
  void aDamagedStateIsLeftOutAndTheRowIsNot() throws Exception {
    Path state = store.folder().resolve(FIRST).resolve("state.bin");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);
    assertThat(store.verify(false, notice -> {}))
        .singleElement()
        .extracting(DamagedFile::file)
        .isEqualTo(state);
    of(store, WHOLE).moveOrThrow();
    assertThat(store.rows(WHOLE)).hasSize(1 + 2);
    assertThat(store.entry(WHOLE, 1).hasState()).isFalse();
    assertThat(store.entry(WHOLE, 2).hasState()).isTrue();
  }

  @Test
  void discardedRunsOfEarlierVersionsDoNotComeBack() throws Exception {
    of(store, WHOLE).move(notice -> {});
    store.discard(WHOLE);
    of(store, WHOLE).moveOrThrow();
    assertThat(store.rows(WHOLE)).isEmpty();
  }

  @Test
  void whatNobodyNeedsGoesByItsAge() throws Exception {
    PrunePlan pruning = store.prune(StoreFixture.olderThan(Duration.ofDays(1)));
    assertThat(pruning.periods()).isEmpty();
    PrunePlan all = store.prune(StoreFixture.olderThan(Duration.ZERO));
    assertThat(all.unlabelled()).isEqualTo(4);
    all.execute();
    assertThat(store.folder()).isEmptyDirectory();
  }

  @Test
  void severalThatTakeOverAtTheSameTimeLoseNothing() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> results = new ArrayList<>();
      Process another = another(store);
      for (int i = 0; i < 4; i++) {
        results.add(
            pool.submit(
                () -> {
                  of(store, WHOLE).moveOrThrow();
                  of(store, PART).moveOrThrow();
                  return null;
                }));
      }
      for (Future<?> result : results) {
        result.get(60, TimeUnit.SECONDS);
      }
      assertThat(another.waitFor()).isZero();
    } finally {
      pool.shutdownNow();
    }
    requireTakenOver(store);
    assertThat(store.list().earlier()).isEmpty();
  }

  /** Another process, which takes both runs over as soon as it has said that it will. */
  static final class Another {
    public static void main(String[] arguments) throws IOException {
      Store store = new Store(Path.of(arguments[0]));
      TakeOver whole = of(store, WHOLE);
      TakeOver part = of(store, PART);
      System.out.println("ready");
      whole.moveOrThrow();
      part.moveOrThrow();
    }
  }

  private static Process another(Store store) throws IOException {
    return new ProcessBuilder(JavaCommand.of(Another.class, List.of(store.folder().toString())))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void killAtRandom(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < kills; i++) {
      Store killed = copy(folder.resolve("killed-" + i));
      Process process = another(killed);
      assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("ready");
      Thread.sleep(random.nextInt(120));
      process.destroyForcibly().waitFor();
      of(killed, WHOLE).moveOrThrow();
      of(killed, PART).moveOrThrow();
      requireTakenOver(killed);
      assertThat(killed.rows(PART)).hasSize(1 + 1);
      assertThat(killed.entry(PART, 2).checkpoint(true, notice -> {})).isPresent();
      assertThat(killed.list().earlier()).isEmpty();
    }
  }

  @Test
  void killedAtRandomItLosesNothing() throws Exception {
    killAtRandom(4, 1);
  }

  @Test
  @Tag("slow")
  void killedFortyTimesAtRandomItLosesNothing() throws Exception {
    killAtRandom(40, 2);
  }
}
