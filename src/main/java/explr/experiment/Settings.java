package explr.experiment;

import explr.data.Cifar10;
import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.Placement;
import explr.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a user chose: by variables of the environment, as the project's scripts and kernelspecs set
 * them, and by the options of a command. A blank variable counts as unset.
 *
 * @param profileName a name or file; EXPLR_PROFILE, else {@code sample}
 * @param data a folder with CIFAR-10, given by an option
 * @param cifar10 a folder with CIFAR-10, where no option names one; EXPLR_CIFAR10
 * @param home everything that is made lies here; EXPLR_HOME, else {@code .explr}
 * @param store where runs are trained, whatever they are for; EXPLR_STORE, else {@code store} in
 *     the home
 * @param recorded a folder with recorded runs; EXPLR_RECORDED, else {@code recorded}, as a notebook
 *     sees it
 * @param python the Python that writes pictures; EXPLR_PYTHON, else {@code python3}
 * @param commit of the sources; EXPLR_COMMIT
 * @param backend engine, device, number type; threads where no run was begun on another number. The
 *     device is EXPLR_DEVICE, else {@code auto}: a GPU where all that it needs is installed
 * @param checkpointEvery at most this much work is lost when the process is killed
 * @param steps whether every step is measured too
 */
public record Settings(
    String profileName,
    Optional<Path> data,
    Optional<String> cifar10,
    Path home,
    Store store,
    Path recorded,
    Path python,
    Optional<String> commit,
    Backend backend,
    Duration checkpointEvery,
    boolean steps) {

  /** Between checkpoints, unless a user says otherwise. */
  public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

  /**
   * Reads the variables.
   *
   * @param variables for example {@code System.getenv()}
   * @throws IllegalArgumentException if EXPLR_DEVICE is unknown or cannot be used here
   */
  public static Settings of(Map<String, String> variables) {
    Placement placement = Placement.of("auto", device(variables));
    Backend cpu = Backend.auto();
    return of(
        variables,
        new Backend(placement.engine(), placement.device(), cpu.precision(), cpu.threads()));
  }

  /**
   * Reads the variables except EXPLR_DEVICE.
   *
   * @param variables for example {@code System.getenv()}
   * @param backend replaces that of EXPLR_DEVICE
   */
  public static Settings of(Map<String, String> variables, Backend backend) {
    Path home = home(variables);
    return new Settings(
        value(variables, "EXPLR_PROFILE").orElse("sample"),
        Optional.empty(),
        value(variables, Cifar10.VARIABLE),
        home,
        store(variables),
        recorded(variables).orElse(Path.of("recorded")),
        Path.of(value(variables, "EXPLR_PYTHON").orElse("python3")),
        value(variables, "EXPLR_COMMIT"),
        backend,
        CHECKPOINT_EVERY,
        false);
  }

  /** The device that the variables name: auto, cpu or gpu:N. */
  public static String device(Map<String, String> variables) {
    return value(variables, "EXPLR_DEVICE").orElse("auto");
  }

  /** The store that the variables name. */
  public static Store store(Map<String, String> variables) {
    return new Store(
        value(variables, "EXPLR_STORE").map(Path::of).orElse(home(variables).resolve("store")));
  }

  /** The folder of recorded runs that the variables name; empty if they do not. */
  public static Optional<Path> recorded(Map<String, String> variables) {
    return value(variables, "EXPLR_RECORDED").map(Path::of);
  }

  private static Path home(Map<String, String> variables) {
    return Path.of(value(variables, "EXPLR_HOME").orElse(".explr"));
  }

  private static Optional<String> value(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** The profile; reads its file. */
  public Profile profile() {
    return Profile.of(profileName);
  }

  /** The folder of CIFAR-10; empty for the embedded sample. */
  public Optional<Path> imageFolder() {
    return Cifar10.locate(data.orElse(null), cifar10.orElse(null));
  }

  /** Reads the images: CIFAR-10 where a folder was named, else the embedded sample. */
  public Dataset images() {
    return imageFolder().map(Cifar10::read).orElseGet(EmbeddedSample::load);
  }

  /** Settings with images from a folder, or from the embedded sample. */
  public Settings withData(Optional<Path> folder) {
    return new Settings(
        profileName,
        folder,
        Optional.empty(),
        home,
        store,
        recorded,
        python,
        commit,
        backend,
        checkpointEvery,
        steps);
  }

  /** Where runs and figures of a profile go unless a user says otherwise. */
  public Path results(Profile of) {
    return home.resolve("results").resolve(of.name());
  }
}
