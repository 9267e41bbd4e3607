package explr.engine;

import explr.machine.NvidiaDriver.Version;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The libtorch that DJL's variable {@value #FOLDER} names; it replaces the one on the class path.
 *
 * @param folder with libtorch.so
 * @param version such as 2.7.1+cu126, as the library itself says it, else of the variable
 *     PYTORCH_VERSION
 */
record LibTorch(Path folder, String version) {

  static final String FOLDER = "PYTORCH_LIBRARY_PATH";

  /** The build that the set-up installs: PyPI's PyTorch for CUDA 12.6. */
  static final String INSTALLED = "2.7.1+cu126";

  /** The cards for which {@link #INSTALLED} has kernels, by compute capability. */
  static final Version FIRST_CAPABILITY = new Version(5, 0);

  static final Version LAST_CAPABILITY = new Version(9, 0);

  private static final Pattern IN_PYTHON = Pattern.compile("__version__ = '([^']+)'");
  private static final Pattern CUDA_MAJOR = Pattern.compile("\\+cu(\\d+)\\d");

  /** The one of this process's variables, empty where they name none. */
  static Optional<LibTorch> chosen() {
    return chosen(LibTorch::variable);
  }

  /** The same of other variables; null or blank is unset. */
  static Optional<LibTorch> chosen(Function<String, String> variables) {
    return value(variables, FOLDER).stream()
        .flatMap(paths -> Arrays.stream(paths.split(File.pathSeparator)))
        .map(Path::of)
        .map(path -> Files.isRegularFile(path) ? path.toAbsolutePath().getParent() : path)
        .filter(folder -> Files.exists(folder.resolve(System.mapLibraryName("torch"))))
        .findFirst()
        .map(folder -> new LibTorch(folder, version(folder.toAbsolutePath(), variables)));
  }

  /** A variable of the environment or, as DJL allows, a property of Java. */
  static String variable(String name) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? System.getProperty(name) : value;
  }

  private static Optional<String> value(Function<String, String> variables, String name) {
    return Optional.ofNullable(variables.apply(name)).filter(value -> !value.isBlank());
  }

  private static String version(Path folder, Function<String, String> variables) {
    try {
      // Python's PyTorch, then the libtorch that pytorch.org publishes.
      Path python = folder.resolveSibling("version.py");
      if (Files.isRegularFile(python)) {
        Matcher version = IN_PYTHON.matcher(Files.readString(python));
        if (version.find()) {
          return version.group(1);
        }
      }
      Path published = folder.resolveSibling("build-version");
      if (Files.isRegularFile(published)) {
        return Files.readString(published).strip();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version of the libtorch in " + folder, e);
    }
    return value(variables, "PYTORCH_VERSION").orElse("");
  }

  /** Whether it has kernels for GPUs. */
  boolean hasCuda() {
    return Files.exists(folder.resolve(System.mapLibraryName("torch_cuda")));
  }

  /** Whether a library of this name, such as libcudnn, lies next to it. */
  boolean carries(String library) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(library));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  /** The major version of the CUDA that a build of this version needs, where its name says so. */
  static Optional<Integer> cudaMajor(String version) {
    Matcher cuda = CUDA_MAJOR.matcher(version);
    return cuda.find() ? Optional.of(Integer.valueOf(cuda.group(1))) : Optional.empty();
  }
}
