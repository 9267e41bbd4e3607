package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.file.Owner;
import explr.file.ProcessLock;
import explr.network.PreResNet;
import explr.schedule.Recipe;
import explr.store.Lineage;
import explr.store.Store;
import explr.store.StoreFixture;
import explr.training.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store with a run of two periods, of which one is done, and no engine. */
class StoreCommandTest {

  private static final Lineage RUN =
      Lineage.of(
          Task.of(PreResNet.depth(8), EmbeddedSample.load().first(64, 10))
              .withBatchSize(16)
              .on(new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1)),
          Recipe.of(0.1, 5e-4, 0.9, 8));

  @TempDir private Path folder;
  private Store store;

  @BeforeEach
  void makeStore() throws IOException {
    store = new Store(folder.resolve("store"));
    StoreFixture.finish(store, RUN, 1);
    StoreFixture.label(store, RUN, "tiny", "texp", "TEXP", 3);
  }

  /** An exit code and what was printed. */
  private record Result(int code, String said) {}

  private Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--store", store.folder().toString()));
    all.addAll(List.of(arguments));
    return execute(all);
  }

  private static Result execute(List<String> all) {
    StringWriter said = new StringWriter();
    int code =
        Program.commandLine(new StoreCommand())
            .setOut(new PrintWriter(said, true))
            .setErr(new PrintWriter(said, true))
            .execute(all.toArray(String[]::new));
    return new Result(code, said.toString());
  }

  private Path measurement() throws IOException {
    try (Stream<Path> files = Files.walk(store.folder())) {
      return files.filter(file -> file.endsWith("measurement.csv")).findFirst().orElseThrow();
    }
  }

  @Test
  void theStoreCanBeNamedBeforeOrAfterWhatIsDoneWithIt() {
    String name = store.folder().toString();
    assertThat(execute(List.of("list", "--store", name))).isEqualTo(run("list"));
    assertThat(execute(List.of("verify", "--store", name))).isEqualTo(run("verify"));
  }

  @Test
  void aListIsATableForPeople() throws Exception {
    Result result = run("list");
    assertThat(result.code).isZero();
    assertThat(result.said.lines().toList())
        .hasSize(3)
        .element(1)
        .asString()
        .matches(
            "tiny +texp, seed 3 +MXNet, cpu, float32, threads 1 +1 of 2 +[0-9]+ bytes "
                + " \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +partial");
    assertThat(result.said).contains("\n1 run, ");

    Files.writeString(
        measurement().resolveSibling(".a.csv.999999999-1@" + Owner.here().host() + ".new"), "half");
    Path earlier =
        Files.createDirectories(store.folder().resolve("0".repeat(32)).resolve("1".repeat(32)));
    Files.writeString(earlier.resolve("measurement.csv"), "epoch\n1\n");
    assertThat(run("list").said)
        .contains("1 file that killed processes were writing")
        .contains("1 period, 8 bytes, of version 0.1.0; environment/reproduce");
  }

  @Test
  void whatIsDamagedIsNamedALineEachAndRepaired() throws Exception {
    assertThat(run("verify")).isEqualTo(new Result(0, "Nothing is damaged.\n"));
    Files.writeString(measurement(), "");
    Result found = run("verify");
    assertThat(found.code).isEqualTo(1);
    assertThat(found.said.lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(measurement() + " is damaged: its length is 0 instead of ");
    assertThat(run("list").said).contains("0 of 2").contains("measurement.csv is damaged");

    Result repaired = run("verify", "--repair");
    assertThat(repaired.code).isZero();
    assertThat(repaired.said).contains("1 file repaired as described.");
    assertThat(run("verify").code).isZero();
    assertThat(run("list").said).contains("0 of 2");
  }

  @Test
  void whatWouldBePrunedIsShownBefore() throws Exception {
    try (Stream<Path> files = Files.walk(store.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(40))));
      }
    }
    assertThat(run("prune", "--older-than", "7w").said)
        .isEqualTo("Freed 0 bytes: 0 periods and 0 files of killed processes\n");
    Result shown = run("prune", "--older-than", "5w", "--profile", "tiny", "--dry-run");
    assertThat(shown.code).isZero();
    assertThat(shown.said)
        .startsWith("would remove tiny, texp, seed 3, MXNet, cpu, float32, threads 1, 1 of 2, ")
        .contains("Would free ")
        .contains(": 1 period and 0 files");
    assertThat(run("list").said).contains("1 of 2");
    assertThat(run("prune", "--older-than", "960h", "--profile", "other").said).contains("Freed 0");
    assertThat(run("prune", "--older-than", "30d").said).startsWith("removing tiny, texp, seed 3");
    assertThat(run("list").said)
        .isEqualTo("0 runs, 0 bytes in all; periods that runs share count once\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prune | say which runs: --older-than 30d, --profile NAME or --unrecorded",
        "prune --recorded somewhere | say which runs: --older-than 30d, --profile NAME or --unrecorded",
        "prune --older-than 30 | --older-than takes hours, days or weeks, such as 12h, 30d or 8w, not '30'",
        "prune --older-than -3d | not '-3d'",
        "prune --older-than 1y | not '1y'",
        "prune --older-than d | not 'd'",
        "list --colour | environment/store list --help lists the options.",
        "'' | Missing command: list, verify or prune",
      })
  void aWrongCommandLineIsAnsweredWithTheRightOne(String arguments, String answer) {
    Result result = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(result.code).isEqualTo(Main.USAGE);
    assertThat(result.said).contains(answer).doesNotContain("\tat ");
  }

  @Test
  void aRecordedRunIsKeptWhateverElseIsAskedFor() throws Exception {
    Path recorded = Files.createDirectories(folder.resolve("recorded"));
    Files.copy(measurement(), recorded.resolve("measurements.csv"));
    String name = recorded.toString();
    assertThat(run("prune", "--profile", "tiny", "--recorded", name, "--dry-run").said)
        .isEqualTo("Would free 0 bytes: 0 periods and 0 files of killed processes\n");
    // The negative control: without the recording the run goes.
    assertThat(run("prune", "--profile", "tiny", "--dry-run").said)
        .startsWith("would remove tiny, texp, seed 3");
  }

  @Test
  void aRunThatIsLockedMeanwhileDoesNotCountAsRemoved() throws Exception {
    try (ProcessLock held = ProcessLock.on(measurement().resolveSibling("lock")).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(run("prune", "--profile", "tiny").said)
          .contains("keeping TEXP, seed 3: being trained by process " + Owner.here())
          .endsWith("Freed 0 bytes: 0 periods and 0 files of killed processes\n");
    }
  }

  @Test
  void recordingsThatAreNotThereRemoveNothing() {
    Result result =
        run("prune", "--unrecorded", "--recorded", folder.resolve("nowhere").toString());
    assertThat(result.code).isEqualTo(Main.FAILED);
    assertThat(result.said).contains("nowhere holds no recorded run");
    assertThat(run("list").said).contains("1 of 2");
  }

  @Test
  void aStoreThatIsNotThereIsNamed() {
    store = new Store(folder.resolve("nowhere"));
    Result result = run("list");
    assertThat(result.code).isEqualTo(Main.USAGE);
    assertThat(result.said).contains("there is no store " + store.folder());
  }
}
