package explr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scripts of {@code environment} make of arguments and variables before they set up. */
class ScriptsTest {

  private static final Path SETUP = Path.of("environment/setup.sh").toAbsolutePath();
  private static final String[] VARIABLES = {
    "EXPLR_HOME", "EXPLR_PROFILE", "EXPLR_CIFAR10", "EXPLR_DEVICE"
  };

  @TempDir private Path caller;

  @BeforeEach
  void resolveLinks() throws IOException {
    caller = caller.toRealPath();
  }

  /** What a script says that sources setup.sh as the commands do. */
  private String bash(Map<String, String> variables, String script, String... arguments)
      throws Exception {
    String start = "set -euo pipefail; . '" + SETUP + "'; ";
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", start + script, "command");
    bash.command().addAll(List.of(arguments));
    for (String name : VARIABLES) {
      bash.environment().remove(name);
    }
    bash.environment().putAll(variables);
    Process process = bash.directory(caller.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said.strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | '' '' '' :",
        "--setup-only                    | --setup-only '' '' :",
        "a --setup-only b                | --setup-only '' '' : a b",
        "a -- --setup-only b             | '' '' '' : a -- --setup-only b",
        "--ijava jar --setup-only a      | --setup-only '' jar : a",
        "--setup-only a --ijava=jar      | --setup-only '' jar : a",
        "--all                           | '' '' '' : --all",
        "--ijava                         | explr: --ijava needs the path",
        "--ijava=                        | explr: --ijava needs the path",
        "--setup-only=yes                | explr: --setup-only takes no value",
      })
  void itsOwnOptionsMayStandAnywhereBeforeTwoDashes(String arguments, String understood)
      throws Exception {
    String script =
        "take_options '--setup-only --ijava' \"$@\";"
            + " echo \"${setup_only:-''} ${all:-''} ${ijava:-''} :\""
            + " ${arguments[@]+\"${arguments[@]}\"}";
    String[] given = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(bash(Map.of(), script, given)).startsWith(understood);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', auto",
    "'', ' ', auto",
    "'', cpu, cpu",
    "--device cpu, '', cpu",
    "--device=gpu:1, cpu, gpu:1",
    "--figures 1 --device gpu:0 --jobs 2, cpu, gpu:0",
    "-- --device cpu, '', auto",
  })
  void theCommandLineNamesTheDeviceElseTheVariable(String arguments, String variable, String device)
      throws Exception {
    String[] given = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(bash(Map.of("EXPLR_DEVICE", variable), "device_of \"$@\"", given)).isEqualTo(device);
  }

  @Test
  void theNotebooksDeviceIsAnOptionOfLab() throws Exception {
    String script =
        "take_options '--device' \"$@\"; echo \"$EXPLR_DEVICE :\" ${arguments[@]+\"${arguments[@]}\"}";
    assertThat(bash(Map.of(), script, "--port", "1", "--device", "cpu"))
        .isEqualTo("cpu : --port 1");
    assertThat(bash(Map.of(), script, "--device=gpu:0")).isEqualTo("gpu:0 :");
    assertThat(bash(Map.of(), script, "--device=")).startsWith("explr: --device needs a device");
  }

  /** A command whose set-up does nothing, and which runs nothing of the library but says so. */
  private String command(String name, String... arguments) throws Exception {
    return command(":", name, List.of(arguments));
  }

  private String command(String setUp, String name, List<String> arguments) throws Exception {
    Path environment = Files.createDirectories(caller.resolve("environment"));
    Files.writeString(
        environment.resolve("setup.sh"),
        ". '%s'\nroot='%s'\n".formatted(SETUP, caller)
            + "set_up() { "
            + setUp
            + "; }\nlock() { :; }\nunlock() { :; }\nrun() { echo \"runs $*\"; }\n");
    Path script = environment.resolve(name);
    Files.copy(SETUP.resolveSibling(name), script);
    return bash(
        Map.of("EXPLR_HOME", "home"),
        "bash '" + script + "' \"$@\"",
        arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "reproduce, --seeds",
    "exactness, --steps",
    "equilibrium, --steps",
    "convert, recipe.json",
    "store, list",
    "benchmark, --rounds",
    "lab, --port",
    "export, pages",
    "test, --all",
  })
  void everyCommandOnlySetsUpWhereverItIsTold(String name, String argument) throws Exception {
    assertThat(command(name, argument, "--setup-only"))
        .isEqualTo("explr: ready: from now on nothing needs a network");
  }

  @Test
  void whatIsNotTheBenchmarksOwnGoesToTheProgram() throws Exception {
    assertThat(command("benchmark", "--rounds", "3", "--only", "a b"))
        .isEqualTo("runs benchmark --rounds 3 --only a b");
  }

  @ParameterizedTest
  @CsvSource({
    "--device gpu:0, gpu pictures",
    "--rounds 3 --device=gpu:1, gpu pictures",
    "--device cpu, pictures",
    "--rounds 3, pictures",
  })
  void theBenchmarkSetsUpAGpuWhereTheCommandLineNamesOne(String arguments, String needs)
      throws Exception {
    assertThat(command("echo \"needs $*\"", "benchmark", List.of(arguments.split(" "))))
        .isEqualTo("needs " + needs + "\nruns benchmark " + arguments);
  }

  @Test
  void whatTheBenchmarkInstallsMayStandAnywhere() throws Exception {
    String script =
        "take_options '--with-python --with-jmh' \"$@\";"
            + " echo \"$with_python $with_jmh : ${arguments[*]}\"";
    assertThat(bash(Map.of(), script, "--rounds", "3", "--with-jmh", "--with-python"))
        .isEqualTo("--with-python --with-jmh : --rounds 3");
    assertThat(bash(Map.of(), script, "--rounds", "3")).isEqualTo(": --rounds 3");
  }

  /** A library that was built, of other sources each time. */
  private void build(String sources) throws IOException {
    Path target = caller.resolve("target");
    Files.createDirectories(target.resolve("lib"));
    // As a build does: another file of the same name.
    for (Path jar : List.of(target.resolve("explr-1.jar"), target.resolve("lib/other.jar"))) {
      Files.deleteIfExists(jar);
      Files.writeString(jar, sources);
    }
    Files.writeString(target.resolve("explr.stamp"), sources.repeat(64));
  }

  private static final String KEEP =
      "python=python3; keep_library; cat $program ${program%/*}/lib/*";

  private String keep() throws Exception {
    return bash(Map.of(), "root='" + caller + "'; " + KEEP);
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> copies = Files.list(caller.resolve("target/run"))) {
      return copies.map(copy -> copy.getFileName().toString().substring(0, 1)).sorted().toList();
    }
  }

  @Test
  void aCommandKeepsTheLibraryItBeganWithWhateverIsBuilt() throws Exception {
    build("a");
    Process running =
        new ProcessBuilder(
                "bash",
                "-c",
                ". '%s'; root='%s'; ".formatted(SETUP, caller)
                    + KEEP
                    + "; echo; read -r line; cat $program ${program%/*}/lib/*")
            .start();
    BufferedReader said = running.inputReader();
    assertThat(said.readLine()).isEqualTo("aa");

    build("b");
    assertThat(keep()).isEqualTo("bb");
    assertThat(copies()).containsExactly("a", "b");
    try (Writer order = running.outputWriter()) {
      order.write("\n");
    }
    assertThat(said.readLine()).isEqualTo("aa");
    running.waitFor();

    // Nobody runs from the older one any more.
    assertThat(keep()).isEqualTo("bb");
    assertThat(copies()).containsExactly("b");
  }

  @Test
  void anArgumentWithBlanksStaysOne() throws Exception {
    String script = "take_options '' \"$@\"; printf '<%s>' \"${arguments[@]}\"";
    assertThat(bash(Map.of(), script, "one two", "", "*")).isEqualTo("<one two><><*>");
  }

  @ParameterizedTest
  @CsvSource({
    "EXPLR_CIFAR10, images, FOLDER/images",
    "EXPLR_CIFAR10, /images, /images",
    "EXPLR_CIFAR10, ' ', ' '",
    "EXPLR_PROFILE, mine.json, FOLDER/mine.json",
    "EXPLR_PROFILE, paper, paper",
    "EXPLR_PROFILE, nowhere, nowhere",
    "EXPLR_HOME, made, FOLDER/made",
  })
  void aRelativePathIsThatOfTheCaller(String variable, String value, String seen) throws Exception {
    Files.writeString(caller.resolve("mine.json"), "{}");
    Files.writeString(caller.resolve("paper"), "a file named as a profile is");
    String script = "cd /; bash -c 'echo \"<$" + variable + ">\"'";
    assertThat(bash(Map.of(variable, value), script))
        .isEqualTo("<" + seen.replace("FOLDER", caller.toString()) + ">");
  }

  @Test
  void aBlankHomeIsTheProjects() throws Exception {
    assertThat(bash(Map.of("EXPLR_HOME", " "), "echo \"$EXPLR_HOME\""))
        .isEqualTo(SETUP.getParent().getParent().toRealPath().resolve(".explr").toString());
  }
}
