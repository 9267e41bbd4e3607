package explr.cli;

import explr.engine.Algorithms;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that choose a GPU's algorithms. */
final class AlgorithmOptions {

  @Option(
      names = "--deterministic",
      description = {
        "On a GPU, use only algorithms that give the same bits in every run. This is the default."
      })
  private boolean deterministic;

  @Option(
      names = "--fast",
      description = {
        "On a GPU, time the algorithms for each operation and use the fastest; bits may differ from run",
        "to run."
      })
  private boolean fast;

  /**
   * The choice of algorithms on a device.
   *
   * @param requested the device as the user names it, such as auto
   * @param device the resolved device
   * @throws IllegalArgumentException if both options were given, or {@code --fast} with {@code
   *     --device cpu}
   */
  Algorithms on(String requested, String device) {
    if (fast && deterministic) {
      throw new IllegalArgumentException(
          "--fast and --deterministic exclude each other; give one of them");
    }
    if (fast && requested.equals("cpu")) {
      throw new IllegalArgumentException(
          "--fast is for GPUs: on a CPU all algorithms are deterministic; omit it, or choose --device gpu:N");
    }
    return fast && !device.equals("cpu") ? Algorithms.FAST : Algorithms.DETERMINISTIC;
  }

  /** A sentence if {@code --fast} was given and has no effect on a device. */
  Optional<String> notice(String device) {
    return fast && device.equals("cpu")
        ? Optional.of("--fast has no effect on a CPU, where all algorithms are deterministic")
        : Optional.empty();
  }
}
