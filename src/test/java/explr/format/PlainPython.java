package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Python with its standard library alone. */
final class PlainPython {

  private PlainPython() {}

  /** The one that EXPLR_PYTHON names, or the system's; skips the test where there is none. */
  static String find() {
    String named = System.getenv("EXPLR_PYTHON");
    String python = named == null ? "python3" : named;
    assumeTrue(runs(python), "there is no " + python + ": the modules are not run");
    return python;
  }

  private static boolean runs(String python) {
    try {
      return new ProcessBuilder(python, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The numbers that a program prints, line by line.
   *
   * @param folder where the program and what it prints are written
   */
  static List<double[]> lines(Path folder, String python, String program)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("module.py"), program);
    Process process =
        new ProcessBuilder(python, file.toString())
            .redirectError(folder.resolve("err").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String out = Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    List<double[]> numbers = new ArrayList<>();
    for (String line : out.split("\n")) {
      numbers.add(Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray());
    }
    return numbers;
  }
}
