package explr.engine;

import explr.machine.Symbols;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The native libraries that this process has loaded, on Linux: DJL does not say which files it
 * took.
 *
 * @param maps the lines of {@code /proc/self/maps}
 */
record LoadedLibraries(List<String> maps) {

  /** As the kernel lists them now. */
  static LoadedLibraries ofThisProcess() {
    try {
      return new LoadedLibraries(Files.readAllLines(Path.of("/proc/self/maps")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the libraries of this process", e);
    }
  }

  /**
   * The path of a library.
   *
   * @param name of its file, such as {@code libtorch_cuda.so}
   */
  Optional<Path> path(String name) {
    return maps.stream()
        .filter(line -> line.endsWith("/" + name))
        .map(line -> Path.of(line.substring(line.indexOf('/'))))
        .findFirst();
  }

  /**
   * The functions of a library.
   *
   * @param name of its file
   * @throws IllegalStateException if the process has not loaded it
   */
  Symbols symbols(String name) {
    return Symbols.of(
        path(name)
            .orElseThrow(() -> new IllegalStateException("the engine has not loaded " + name))
            .toString());
  }
}
