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
   * The file of a library.
   *
   * @param name without its ending: {@code libcudart} finds libcudart.so, libcudart.so.12 and
   *     libcudart-1b2c.so.12
   */
  Optional<Path> file(String name) {
    return maps.stream()
        .filter(line -> line.indexOf('/') >= 0)
        .map(line -> Path.of(line.substring(line.indexOf('/'))))
        .filter(path -> isNamed(path.getFileName().toString(), name))
        .findFirst();
  }

  private static boolean isNamed(String file, String name) {
    return file.startsWith(name + ".so") || (file.startsWith(name + "-") && file.contains(".so"));
  }

  /**
   * The functions of a library.
   *
   * @throws IllegalStateException if the process has not loaded it
   */
  Symbols symbols(String name) {
    return Symbols.of(
        file(name)
            .orElseThrow(() -> new IllegalStateException("the engine has not loaded " + name))
            .toString());
  }
}
