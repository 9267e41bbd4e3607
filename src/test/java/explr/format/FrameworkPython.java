package explr.format;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** A Python with Keras, JAX, PyTorch and optax, for tests that train by an exported module. */
final class FrameworkPython {

  private static final String ABSENT =
      "no Python with Keras and optax was found: EXPLR_FRAMEWORKS_PYTHON can name one that has the"
          + " packages of environment/requirements-frameworks.txt. Exports for Keras and optax are"
          + " not trained with";

  private FrameworkPython() {}

  private static String find() {
    String named = System.getenv("EXPLR_FRAMEWORKS_PYTHON");
    String home = Objects.requireNonNullElse(System.getenv("EXPLR_HOME"), ".explr");
    Path installed = Path.of(home, "frameworks-venv", "bin", "python").toAbsolutePath();
    String python =
        named != null ? named : Files.isExecutable(installed) ? installed.toString() : null;
    Assumptions.assumeTrue(python != null, ABSENT);
    return python;
  }

  /**
   * Trains the cases of a script of this package with a module.
   *
   * @param folder where the script runs
   * @return the differences of each case
   */
  static Map<String, List<Double>> train(
      Path folder, String script, String module, String backend, List<String> cases) {
    List<String> command = new ArrayList<>(List.of(find()));
    command.add(Path.of("src/test/resources/explr/format", script).toAbsolutePath().toString());
    try {
      command.add(Files.writeString(folder.resolve("rates.py"), module).toString());
      command.addAll(cases);
      File out = folder.resolve("out").toFile();
      File err = folder.resolve("err").toFile();
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "KERAS_BACKEND", backend,
                  "JAX_PLATFORMS", "cpu",
                  "JAX_ENABLE_X64", "1",
                  "OMP_NUM_THREADS", "1",
                  "PYTHONDONTWRITEBYTECODE", "1"));
      if (builder.redirectOutput(out).redirectError(err).start().waitFor() != 0) {
        throw new AssertionError(Files.readString(err.toPath()));
      }
      return Files.readAllLines(out.toPath()).stream()
          .map(line -> List.of(line.split(" ")))
          .collect(
              Collectors.toMap(
                  line -> line.get(0),
                  line -> line.stream().skip(1).map(Double::valueOf).toList()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
