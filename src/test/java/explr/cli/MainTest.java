package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import explr.experiment.Profile;
import explr.file.Resource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

  @TempDir Path folder;

  /** An exit code and what was written to the standard error. */
  private record Result(int code, String errors) {}

  private Result run(String... arguments) {
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine()
            .setErr(new PrintWriter(errors, true))
            .setOut(new PrintWriter(new StringWriter()))
            .execute(arguments);
    return new Result(code, errors.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--figures | 9 | no figure '9'",
        "--profile | nowhere | no profile 'nowhere'",
        "--engine | tensorflow | unknown engine 'tensorflow'",
        "--device | tpu | unknown device 'tpu'",
        "--threads | 0 | at least one thread, not 0",
        "--data | nowhere | nowhere",
        "--seeds | , | seed",
        "--checkpoint-seconds | -1 | -1",
      })
  void aWrongValueGetsOneLineWithTheValue(String option, String value, String message) {
    Result result = run("reproduce", option, value, "--output", folder.toString());
    assertThat(result.code).isEqualTo(option.equals("--data") ? Main.FAILED : Main.USAGE);
    assertThat(result.errors).contains(message).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reproduce | --device cpu --precision tf32 | choose float32, or a device gpu:N",
        "reproduce | --device gpu:0 --engine mxnet --precision tf32 | choose --engine pytorch",
        "reproduce | --device cpu --fast | omit it, or choose --device gpu:N",
        "exactness | --device cpu --fast | omit it, or choose --device gpu:N",
        "exactness | --device tpu | unknown device 'tpu'",
        "equilibrium | --device tpu | unknown device 'tpu'",
        "equilibrium | --steps 60 --settle 50 --window 20 | do not fit into --steps 60",
        "reproduce | --device gpu:0 --engine mxnet --fast | choose --engine pytorch",
        "reproduce | --fast --deterministic | exclude each other",
        "reproduce | --precision bfloat16 | TF32",
        "benchmark | --device auto | --device is cpu or gpu:N, for example gpu:0, not 'auto'",
        "benchmark | --device gpu:0 --scaling | --scaling applies to the benchmark of the CPU",
        "benchmark | --overhead --device gpu:0 | --overhead applies to the benchmark of the CPU",
        "benchmark | --device gpu:0 --steps 5 | --steps applies to the benchmark of the CPU",
        "benchmark | --device gpu:99 | device gpu:99 cannot be used",
      })
  void whatADeviceCannotDoIsRefused(String command, String options, String message) {
    Result result = run((command + " " + options).split(" "));
    assertThat(result.code).isEqualTo(Main.USAGE);
    assertThat(result.errors).contains(message).doesNotContain("\tat ");
  }

  @Test
  void aFolderThatCannotBeWrittenIsFoundBeforeTheTraining() throws Exception {
    Path file = Files.createFile(folder.resolve("in-the-way"));
    String tiny = "src/test/resources/explr/experiment/tiny.json";
    Path store = folder.resolve("store");

    Result result =
        run(
            "reproduce",
            "--profile",
            tiny,
            "--output",
            file.toString(),
            "--store",
            store.toString());

    assertThat(result.code).isEqualTo(Main.FAILED);
    assertThat(result.errors).contains("figures cannot be written to " + file, "--output");
    assertThat(store).doesNotExist();
  }

  @Test
  void aProfileWithAWrongValueIsRefusedBeforeAnythingElseIsRead() throws Exception {
    String paper = Resource.text(Profile.class, "profiles/paper.json");
    Path profile =
        Files.writeString(folder.resolve("p.json"), paper.replace("[80, 120]", "[120, 80]"));

    Result result =
        run("reproduce", "--profile", profile.toString(), "--output", folder.toString());

    assertThat(result.code).isEqualTo(Main.USAGE);
    assertThat(result.errors)
        .contains(profile + ": milestones must ascend: 80 follows 120")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnknownOptionShowsTheUsage() {
    Result result = run("reproduce", "--colour", "blue");
    assertThat(result.code).isEqualTo(Main.USAGE);
    assertThat(result.errors)
        .contains("--colour", "environment/reproduce --help")
        .doesNotContain("Usage:");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    Result result = run();
    assertThat(result.code).isEqualTo(Main.USAGE);
    assertThat(result.errors).contains("Missing command").contains("reproduce");
  }
}
