package explr.format;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A Python that has PyTorch, for tests that train by an exported module. */
final class TorchPython {

  private static final String ABSENT =
      "no Python with PyTorch was found: EXPLR_TORCH_PYTHON can name one, and `environment/benchmark"
          + " --setup-only --with-python` installs one. Exported modules are not trained with";

  private TorchPython() {}

  /** Its path; skips the test where there is none. */
  static String find() {
    String named = System.getenv("EXPLR_TORCH_PYTHON");
    String home = Objects.requireNonNullElse(System.getenv("EXPLR_HOME"), ".explr");
    Path installed = Path.of(home, "benchmark-venv", "bin", "python").toAbsolutePath();
    String python =
        named != null ? named : Files.isExecutable(installed) ? installed.toString() : null;
    Assumptions.assumeTrue(python != null, ABSENT);
    return python;
  }

  /**
   * Runs a program.
   *
   * @param folder the folder in which it runs
   * @return what it printed
   */
  static List<String> run(Path folder, String... arguments) {
    List<String> command = Stream.concat(Stream.of(find()), Stream.of(arguments)).toList();
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err);
    builder
        .redirectOutput(out)
        .environment()
        .putAll(Map.of("OMP_NUM_THREADS", "1", "PYTHONDONTWRITEBYTECODE", "1"));
    try {
      int status = builder.start().waitFor();
      if (status != 0) {
        throw new AssertionError(Files.readString(err.toPath()));
      }
      return Files.readAllLines(out.toPath());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
