package explr.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the scripts of {@code environment} tell the program through variables.
 *
 * @param home everything that is made lies here; EXPLR_HOME
 * @param cifar10 folder of CIFAR-10, or null; EXPLR_CIFAR10
 * @param python the Python that writes pictures; EXPLR_PYTHON
 * @param commit of the sources; EXPLR_COMMIT
 */
record Settings(Path home, String cifar10, Path python, Optional<String> commit) {

  static Settings fromEnvironment() {
    return of(System.getenv());
  }

  static Settings of(Map<String, String> variables) {
    return new Settings(
        Path.of(value(variables, "EXPLR_HOME").orElse(".explr")),
        variables.get("EXPLR_CIFAR10"),
        Path.of(value(variables, "EXPLR_PYTHON").orElse("python3")),
        value(variables, "EXPLR_COMMIT"));
  }

  private static Optional<String> value(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** Where results go unless a user says otherwise. */
  Path results() {
    return home.resolve("results");
  }
}
