package explr.cli;

import explr.engine.Backend;
import explr.engine.Placement;
import explr.engine.Precision;
import explr.experiment.Settings;
import explr.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that train: what, on which data, and where. */
final class RunOptions {

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      description = {
        "Sizes: sample, laptop, paper, or a JSON file like theirs.",
        "Default: the variable EXPLR_PROFILE, else sample."
      })
  private String profile;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = {
        "Folder with CIFAR-10 in its official binary layout; 'sample' for the images in the program;",
        "or 'download' to fetch the official archive (170 MB) once.",
        "Default: the folder in the variable EXPLR_CIFAR10, else the sample."
      })
  private String data;

  @Mixin private PlacementOptions where;

  @Option(
      names = "--precision",
      defaultValue = "float32",
      paramLabel = "TYPE",
      description = {
        "Number type: float32, float64, or tf32: float32 whose convolutions and products read 11 of 24",
        "bits, on NVIDIA's cards from compute capability 8.0, with PyTorch."
      })
  private Precision precision;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "Where figures and tables go. Default: a folder named after the profile in results of EXPLR_HOME.")
  private Path output;

  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      description = {
        "Where runs are trained, so that none is trained twice. Default: store in EXPLR_HOME.",
        "Several processes may share one."
      })
  private Path store;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "30",
      description =
          "At most this much work is lost if the program is killed; 0 saves after every step.")
  private double checkpointSeconds;

  @Option(names = "--steps", description = "Measure every step too, in steps.csv of each run.")
  private boolean steps;

  /**
   * Engine and device, with {@code auto} resolved.
   *
   * @throws IllegalArgumentException if one is unknown or cannot be used here
   */
  Placement placement() {
    return where.placement();
  }

  /** A sentence on an option that has no effect on the chosen device, if there is one. */
  Optional<String> notice() {
    return where.notice(placement().device());
  }

  /** The folder of figures and tables. */
  Path folder(Settings settings) {
    return output == null ? settings.results(settings.profile()) : output;
  }

  /**
   * The settings of the environment's variables and these options, on one thread.
   *
   * @throws IllegalArgumentException if an option is out of range
   */
  Settings settings() {
    if (!(checkpointSeconds >= 0 && checkpointSeconds <= 1e6)) {
      throw new IllegalArgumentException(
          "--checkpoint-seconds must be between 0 and 1e6, not " + checkpointSeconds);
    }
    Backend backend = where.backend(precision, 1);
    Settings variables = Settings.of(System.getenv(), backend);
    boolean folder = data != null && !data.equals("sample") && !data.equals("download");
    return new Settings(
        profile == null ? variables.profileName() : profile,
        folder ? Optional.of(Path.of(data)) : Optional.empty(),
        data == null ? variables.cifar10() : Optional.empty(),
        variables.home(),
        store == null ? variables.store() : new Store(store),
        variables.recorded(),
        variables.python(),
        variables.commit(),
        backend,
        Duration.ofMillis(Math.round(checkpointSeconds * 1000)),
        steps);
  }

  /** The same settings with the images on this machine: downloads them where that was asked for. */
  Settings fetched(Settings settings) {
    return "download".equals(data)
        ? settings.withData(Optional.of(Downloads.cifar10(settings.home().resolve("cifar10"))))
        : settings;
  }
}
