package explr.cli;

import explr.engine.Backend;
import explr.engine.Placement;
import explr.engine.Precision;
import explr.experiment.Settings;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose where a command trains: engine, device and a GPU's algorithms. */
final class PlacementOptions {

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = {
        "mxnet, pytorch, or auto: on a CPU MXNet where it has a library for this machine; on a GPU",
        "PyTorch."
      })
  private String engine;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = {
        "cpu, gpu:N, or auto: the first NVIDIA GPU that can be used, else the CPU.",
        "Default: the variable EXPLR_DEVICE, else auto."
      })
  private String device;

  @Mixin private AlgorithmOptions algorithms;

  /**
   * Engine and device, with {@code auto} resolved.
   *
   * @throws IllegalArgumentException if one is unknown or cannot be used here
   */
  Placement placement() {
    return Placement.of(engine, requested());
  }

  /** The device as the user names it. */
  private String requested() {
    return device == null ? Settings.device(System.getenv()) : device;
  }

  /**
   * The backend of these options.
   *
   * @throws IllegalArgumentException if an option is unknown or cannot be used here
   */
  Backend backend(Precision precision, int threads) {
    Placement placement = placement();
    return new Backend(
        placement.engine(),
        placement.device(),
        precision,
        threads,
        algorithms.on(requested(), placement.device()));
  }

  /** A sentence on an option that has no effect on a device, if there is one. */
  Optional<String> notice(String onDevice) {
    return algorithms.notice(onDevice);
  }
}
