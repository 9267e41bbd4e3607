package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import explr.engine.EngineName;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGKILL at the worst moments; the same command then ends with the bytes of an undisturbed run.
 */
class KillTest {

  private static final String FIRST = "weight-decay-seed-0";
  private static final String SECOND = "exponential-seed-0";

  @TempDir Path folder;

  /** When to kill, told from the files of a run. */
  private interface Moment {
    boolean hasCome(Path runs) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void killedAtTheWorstMomentsARunEndsWithTheSameBytes(EngineName engine) throws Exception {
    Path killed = folder.resolve("killed");
    Path undisturbed = folder.resolve("undisturbed");
    killWhen(engine, killed, runs -> checkpointIsBeingWritten(runs.resolve(FIRST)));
    killWhen(engine, killed, runs -> lines(runs.resolve(FIRST)) >= 2);
    killWhen(engine, killed, runs -> Files.exists(runs.resolve(SECOND)));
    killWhen(engine, killed, runs -> checkpointIsBeingWritten(runs.resolve(SECOND)));
    assertThat(start(engine, killed, 30).waitFor()).isZero();
    assertThat(start(engine, undisturbed, 30).waitFor()).isZero();
    requireSameBytes(killed, undisturbed);
  }

  @Test
  void runsTrainedAtTheSameTimeSurviveTheKillOfTheCommand() throws Exception {
    Path killed = folder.resolve("killed");
    Path undisturbed = folder.resolve("undisturbed");
    Process process = start(EngineName.MXNET, killed, 0, 2);
    while (lines(killed.resolve("runs").resolve(FIRST)) < 2) {
      assertThat(process.isAlive()).as(() -> said(killed)).isTrue();
      Thread.onSpinWait();
    }
    List<ProcessHandle> jobs = process.descendants().toList();
    assertThat(jobs).hasSize(2);
    process.destroyForcibly().waitFor();
    // What the command started ends by itself, and can be gone on with.
    for (ProcessHandle job : jobs) {
      job.onExit().get(60, TimeUnit.SECONDS);
    }
    assertThat(start(EngineName.MXNET, killed, 30, 2).waitFor()).as(() -> said(killed)).isZero();
    assertThat(start(EngineName.MXNET, undisturbed, 30, 1).waitFor()).isZero();
    requireSameBytes(killed, undisturbed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void stoppedByASignalRunsAreSavedAndGoOn(int jobs) throws Exception {
    Path stopped = folder.resolve("stopped");
    Path undisturbed = folder.resolve("undisturbed");
    Process process = start(EngineName.MXNET, stopped, 30, jobs);
    while (lines(stopped.resolve("runs").resolve(FIRST)) < 2) {
      assertThat(process.isAlive()).as(() -> said(stopped)).isTrue();
      Thread.onSpinWait();
    }
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> said(stopped)).isEqualTo(Main.GO_ON_LATER);
    assertThat(started).hasSize(jobs == 1 ? 0 : 2).noneMatch(ProcessHandle::isAlive);
    assertThat(stopped.resolve("runs").resolve(FIRST).resolve("checkpoint.bin")).exists();
    assertThat(start(EngineName.MXNET, stopped, 30, jobs).waitFor()).isZero();
    assertThat(start(EngineName.MXNET, undisturbed, 30, 1).waitFor()).isZero();
    requireSameBytes(stopped, undisturbed);
  }

  private static void killWhen(EngineName engine, Path output, Moment moment) throws Exception {
    Process process = start(engine, output, 0);
    while (!moment.hasCome(output.resolve("runs"))) {
      assertThat(process.isAlive())
          .as(() -> "the moment to kill has not come; " + said(output))
          .isTrue();
      Thread.onSpinWait();
    }
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
  }

  private static void requireSameBytes(Path killed, Path undisturbed) throws IOException {
    for (String run : List.of(FIRST, SECOND)) {
      for (String file : List.of("measurements.csv", "checkpoint.bin")) {
        Path name = Path.of("runs", run, file);
        assertThat(Files.mismatch(killed.resolve(name), undisturbed.resolve(name)))
            .as("first byte in which %s differs", name)
            .isEqualTo(-1);
      }
    }
  }

  private static String said(Path output) {
    try {
      return "the process said: " + Files.readString(output.resolveSibling("log"));
    } catch (IOException e) {
      return "nothing was said";
    }
  }

  private static boolean checkpointIsBeingWritten(Path run) throws IOException {
    if (!Files.exists(run)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(run, ".checkpoint.bin.*.new")) {
      return files.iterator().hasNext();
    }
  }

  private static long lines(Path run) throws IOException {
    try {
      return Files.readString(run.resolve("measurements.csv")).lines().count();
    } catch (NoSuchFileException notYet) {
      return 0;
    }
  }

  /** One after the other, so that there is a moment between two runs. */
  private static Process start(EngineName engine, Path output, int checkpointSeconds)
      throws Exception {
    return start(engine, output, checkpointSeconds, 1);
  }

  private static Process start(EngineName engine, Path output, int checkpointSeconds, int jobs)
      throws Exception {
    Path profile = Path.of(explr.experiment.Profile.class.getResource("tiny.json").toURI());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "explr.cli.Main"));
    command.addAll(List.of("reproduce", "--profile", profile.toString()));
    command.addAll(List.of("--engine", engine.displayName().toLowerCase(Locale.ROOT)));
    command.addAll(List.of("--threads", "1", "--output", output.toString()));
    command.addAll(List.of("--jobs", Integer.toString(jobs)));
    command.addAll(List.of("--checkpoint-seconds", Integer.toString(checkpointSeconds)));
    File log = output.resolveSibling("log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }
}
