package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import explr.engine.EngineName;
import explr.store.Store;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGKILL at the worst moments; the same command then ends with the bytes of an undisturbed run,
 * and nothing is left of what was killed.
 */
class KillTest {

  @TempDir Path folder;

  /** When to kill, told from the files of a store. */
  private interface Moment {
    boolean hasCome(Path store) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void killedAtTheWorstMomentsRunsEndWithTheSameBytes(EngineName engine) throws Exception {
    Path killed = folder.resolve("killed");
    Path undisturbed = folder.resolve("undisturbed");
    killWhen(engine, killed, store -> isBeingWritten(store, "checkpoint.bin"));
    killWhen(engine, killed, store -> isBeingWritten(store, "state.bin"));
    killWhen(engine, killed, store -> count(store, "measurement.csv") >= 8);
    // Runs part after their fourth period: the last one begins at another's state.
    killWhen(engine, killed, store -> count(store, "measurement.csv") >= 13);
    leaveHalfWritten(killed);
    assertThat(start(engine, killed, 30).waitFor()).as(() -> said(killed)).isZero();
    assertThat(start(engine, undisturbed, 30).waitFor()).isZero();
    requireSameBytes(killed, undisturbed);
  }

  @Test
  @Tag("slow")
  void killedFiftyTimesAtRandomRunsEndWithTheSameBytes() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(start(EngineName.MXNET, undisturbed, 30).waitFor()).isZero();
    Random random = new Random(7);
    int kills = 0;
    for (int attempt = 0; kills < 50; attempt++) {
      Path killed = folder.resolve("killed-" + attempt);
      boolean done = false;
      while (!done) {
        int jobs = 1 + random.nextInt(2);
        Process process = start(EngineName.MXNET, killed, 0, jobs);
        List<ProcessHandle> started = List.of();
        done = process.waitFor(500 + random.nextInt(6000), TimeUnit.MILLISECONDS);
        if (done) {
          assertThat(process.exitValue()).as(() -> said(killed)).isZero();
        } else {
          started = process.descendants().toList();
          started.forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
          kills++;
        }
      }
      requireSameBytes(killed, undisturbed);
    }
  }

  @Test
  void runsTrainedAtTheSameTimeSurviveTheKillOfTheCommand() throws Exception {
    Path killed = folder.resolve("killed");
    Path undisturbed = folder.resolve("undisturbed");
    Process process = start(EngineName.MXNET, killed, 0, 2);
    while (count(store(killed), "measurement.csv") < 2) {
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
    while (count(store(stopped), "measurement.csv") < 2) {
      assertThat(process.isAlive()).as(() -> said(stopped)).isTrue();
      Thread.onSpinWait();
    }
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> said(stopped)).isEqualTo(Main.STOPPED);
    assertThat(started).hasSize(jobs == 1 ? 0 : 2).noneMatch(ProcessHandle::isAlive);
    assertThat(count(store(stopped), "checkpoint.bin")).isPositive();
    assertThat(start(EngineName.MXNET, stopped, 30, jobs).waitFor()).isZero();
    assertThat(start(EngineName.MXNET, undisturbed, 30, 1).waitFor()).isZero();
    requireSameBytes(stopped, undisturbed);
  }

  /** Signals all processes, as a batch system or Ctrl-C does, even those that have just started. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 300, 1200})
  void aSignalToAllOfThemWhileRunsBeginStopsThemAsAtAnyOtherTime(int milliseconds)
      throws Exception {
    Path stopped = folder.resolve("stopped");
    Process process = start(EngineName.MXNET, stopped, 30, 2);
    while (process.descendants().count() < 2) {
      assertThat(process.isAlive()).as(() -> said(stopped)).isTrue();
      Thread.onSpinWait();
    }
    Thread.sleep(milliseconds);
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> said(stopped)).isEqualTo(Main.STOPPED);
  }

  private static void killWhen(EngineName engine, Path output, Moment moment) throws Exception {
    Process process = start(engine, output, 0);
    while (!moment.hasCome(store(output))) {
      assertThat(process.isAlive())
          .as(() -> "the moment to kill has not come; " + said(output))
          .isTrue();
      Thread.onSpinWait();
    }
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
  }

  /** As if a process had been killed while it wrote a figure, or tried whether it can. */
  private static void leaveHalfWritten(Path output) throws IOException {
    Process ended = new ProcessBuilder("true").start();
    ended.onExit().join();
    Files.createDirectories(output);
    Files.writeString(output.resolve(".figure-1.html." + ended.pid() + ".new"), "half");
    Path tried = Files.createFile(output.resolve("writable4711.tmp"));
    Files.setLastModifiedTime(tried, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  /** All rows with their checksums, the states where runs part and end, the tables for people. */
  private static void requireSameBytes(Path killed, Path undisturbed) throws IOException {
    List<Path> expected = new ArrayList<>(find(undisturbed, "measurement.csv"));
    expected.addAll(find(undisturbed, "state.bin"));
    expected.addAll(find(undisturbed, "measurements.csv"));
    expected.addAll(find(undisturbed, "entry.json"));
    expected.addAll(find(undisturbed, "identity.json"));
    assertThat(expected).hasSize(14 + 7 + 3 + 14 + 15);
    for (Path file : expected) {
      Path name = undisturbed.relativize(file);
      assertThat(Files.mismatch(killed.resolve(name), file))
          .as("first byte in which %s differs", name)
          .isEqualTo(-1);
    }
    assertThat(find(killed, "measurement.csv")).hasSize(14);
    try (Stream<Path> files = Files.walk(killed)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".new") || name.startsWith("writable"));
    }
    assertThat(new Store(store(killed)).verify(false, notice -> {})).isEmpty();
  }

  private static Path store(Path output) {
    return output.resolve("store");
  }

  private static List<Path> find(Path folder, String name) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.getFileName().toString().equals(name)).sorted().toList();
    } catch (UncheckedIOException vanished) {
      return List.of();
    }
  }

  private static int count(Path folder, String name) throws IOException {
    return find(folder, name).size();
  }

  private static boolean isBeingWritten(Path store, String name) throws IOException {
    if (!Files.exists(store)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(store)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("." + name));
    } catch (UncheckedIOException vanished) {
      return false;
    }
  }

  private static String said(Path output) {
    try {
      return "the process said: " + Files.readString(output.resolveSibling("log"));
    } catch (IOException e) {
      return "nothing was said";
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
    command.addAll(List.of("--figures", "1,4", "--threads", "1"));
    command.addAll(List.of("--output", output.toString(), "--store", store(output).toString()));
    command.addAll(List.of("--jobs", Integer.toString(jobs)));
    command.addAll(List.of("--checkpoint-seconds", Integer.toString(checkpointSeconds)));
    File log = output.resolveSibling("log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }
}
