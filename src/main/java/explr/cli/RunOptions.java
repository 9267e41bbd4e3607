package explr.cli;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.experiment.Experiment;
import explr.experiment.Profile;
import explr.experiment.Settings;
import explr.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is trained on what and where: the options that commands which train have in common. */
final class RunOptions {

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      description = {
        "How large: sample, laptop, paper, or a JSON file like theirs.",
        "Without this option: what the variable EXPLR_PROFILE says, else sample."
      })
  private String profile;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = {
        "Folder with CIFAR-10 in its official binary layout, or 'sample' for the images in the program,",
        "or 'download' to fetch the official archive (170 MB) once.",
        "Without this option: the folder in the variable EXPLR_CIFAR10, else the sample."
      })
  private String data;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "mxnet, pytorch, or auto: MXNet where it has a library for this machine.")
  private String engine;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = {
        "cpu, gpu:N (untested; needs the engine's GPU library), or auto: a GPU where CUDA finds one."
      })
  private String device;

  @Option(
      names = "--precision",
      defaultValue = "float32",
      description = "Number type: ${COMPLETION-CANDIDATES}.")
  private Precision precision;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "Where figures and tables go. By default a folder of the profile's name in results of EXPLR_HOME.")
  private Path output;

  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      description = {
        "Where runs are trained, so that none is trained twice. By default store in EXPLR_HOME.",
        "Several processes may use one."
      })
  private Path store;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "30",
      description =
          "At most so much work is lost if the program is killed; 0 saves after every step.")
  private double checkpointSeconds;

  @Option(names = "--steps", description = "Measure every step too, in steps.csv of each run.")
  private boolean steps;

  private final Settings settings = Settings.of(System.getenv());

  Settings settings() {
    return settings;
  }

  boolean steps() {
    return steps;
  }

  /** The profile that was named. */
  Profile profile() {
    return Profile.of(profile == null ? settings.profile() : profile);
  }

  /** Whether runs go to a GPU. */
  boolean onGpu() {
    return !Backend.device(device).equals("cpu");
  }

  /** The folder of figures and tables. */
  Path folder() {
    return output == null ? settings.results(profile()) : output;
  }

  /**
   * Where a run is trained.
   *
   * @throws IllegalArgumentException if an option is out of range
   */
  Backend backend(int threads) {
    if (!(checkpointSeconds >= 0 && checkpointSeconds <= 1e6)) {
      throw new IllegalArgumentException(
          "--checkpoint-seconds must lie between 0 and 1e6, not at " + checkpointSeconds);
    }
    return new Backend(EngineName.parse(engine), Backend.device(device), precision, threads);
  }

  /** The experiment that the options describe; reads the images. */
  Experiment experiment(Backend backend) {
    return new Experiment(
        profile(),
        images(),
        backend,
        store == null ? settings.store() : new Store(store),
        settings.recorded(),
        Duration.ofMillis(Math.round(checkpointSeconds * 1000)),
        settings.commit());
  }

  private Dataset images() {
    if ("sample".equals(data)) {
      return EmbeddedSample.load();
    }
    if ("download".equals(data)) {
      return Downloads.cifar10(settings.home().resolve("cifar10"));
    }
    return settings.data(data == null ? null : Path.of(data));
  }

  /** The same options for another process of this program. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--profile", profile);
    add(arguments, "--data", data);
    add(arguments, "--engine", engine);
    add(arguments, "--device", device);
    add(arguments, "--precision", precision);
    add(arguments, "--store", store);
    add(arguments, "--checkpoint-seconds", checkpointSeconds);
    if (steps) {
      arguments.add("--steps");
    }
    return arguments;
  }

  private static void add(List<String> arguments, String name, Object value) {
    if (value != null) {
      arguments.add(name);
      arguments.add(value.toString());
    }
  }
}
