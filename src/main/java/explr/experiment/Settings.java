package explr.experiment;

import explr.data.Cifar10;
import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.store.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What variables of the environment say, as the project's scripts and kernelspecs set them. One
 * that is blank counts as unset.
 *
 * @param profile a name or file; EXPLR_PROFILE, else {@code sample}
 * @param cifar10 a folder with CIFAR-10; EXPLR_CIFAR10
 * @param home everything that is made lies here; EXPLR_HOME, else {@code .explr}
 * @param store where everything that is trained lies, whatever it is for; EXPLR_STORE, else {@code
 *     store} in the home
 * @param recorded a folder with results that others recorded; EXPLR_RECORDED, else {@code
 *     recorded}, as a notebook sees it
 * @param python the Python that writes pictures; EXPLR_PYTHON, else {@code python3}
 * @param commit of the sources; EXPLR_COMMIT
 */
public record Settings(
    String profile,
    Optional<String> cifar10,
    Path home,
    Store store,
    Path recorded,
    Path python,
    Optional<String> commit) {

  /**
   * Reads the variables.
   *
   * @param variables for example {@code System.getenv()}
   */
  public static Settings of(Map<String, String> variables) {
    Path home = Path.of(value(variables, "EXPLR_HOME").orElse(".explr"));
    return new Settings(
        value(variables, "EXPLR_PROFILE").orElse("sample"),
        value(variables, Cifar10.VARIABLE),
        home,
        new Store(value(variables, "EXPLR_STORE").map(Path::of).orElse(home.resolve("store"))),
        Path.of(value(variables, "EXPLR_RECORDED").orElse("recorded")),
        Path.of(value(variables, "EXPLR_PYTHON").orElse("python3")),
        value(variables, "EXPLR_COMMIT"));
  }

  private static Optional<String> value(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * CIFAR-10 from a folder that a user named, else from the variable's, else the embedded sample.
   *
   * @param named the folder, or null
   */
  public Dataset data(Path named) {
    return Cifar10.locate(named, cifar10.orElse(null))
        .map(Cifar10::read)
        .orElseGet(EmbeddedSample::load);
  }

  /** Where runs and figures of a profile go unless a user says otherwise. */
  public Path results(Profile of) {
    return home.resolve("results").resolve(of.name());
  }
}
