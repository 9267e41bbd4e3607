package explr.engine;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Engine and device as a user names them, resolved for this computer.
 *
 * @param engine that networks run on
 * @param device {@code cpu} or {@code gpu:N}
 * @param noGpu why {@code auto} chose the CPU; empty where it did not
 */
public record Placement(EngineName engine, String device, Optional<String> noGpu) {

  private static final String AUTO = "auto";
  private static final String CPU = "cpu";
  private static final String GPU = "gpu:\\d{1,3}";

  /** The user's own MXNet, in DJL's variable. */
  static final String OWN_MXNET = "MXNET_LIBRARY_PATH";

  /**
   * Resolves the names.
   *
   * @param engine auto, mxnet or pytorch; auto is PyTorch on a GPU
   * @param device auto, cpu or gpu:N; auto is the first GPU for which all that is needed is
   *     installed, else the CPU
   * @throws IllegalArgumentException if a name is unknown or the GPU cannot be used; the message
   *     says why
   */
  public static Placement of(String engine, String device) {
    return of(engine, device, Gpu::here, EngineName.MXNET.namedByUser());
  }

  static Placement of(String engine, String device, Supplier<Gpu> computer, boolean ownMxnet) {
    if (!device.matches(AUTO + "|" + CPU + "|" + GPU)) {
      throw new IllegalArgumentException(
          "unknown device '" + device + "'; choose auto, cpu or gpu:N, for example gpu:0");
    }
    if (device.equals(CPU)) {
      return new Placement(EngineName.parse(engine), CPU, Optional.empty());
    }
    Gpu gpu = computer.get();
    EngineName onGpu =
        engine.equalsIgnoreCase(AUTO) ? EngineName.PYTORCH : EngineName.parse(engine);
    if (device.equals(AUTO)) {
      Optional<String> refusal = onGpu == EngineName.MXNET ? mxnetOnAuto(gpu) : gpu.refusal();
      return refusal.isPresent()
          ? new Placement(EngineName.parse(engine), CPU, refusal)
          : new Placement(onGpu, "gpu:" + gpu.first().orElseThrow().index(), Optional.empty());
    }
    Optional<String> refusal =
        onGpu == EngineName.MXNET
            ? mxnetOnGpu(ownMxnet)
            : gpu.refusal(Integer.parseInt(device.substring("gpu:".length())));
    if (refusal.isPresent()) {
      throw new IllegalArgumentException(
          "device %s cannot be used: %s. Choose cpu or auto".formatted(device, refusal.get()));
    }
    return new Placement(onGpu, device, Optional.empty());
  }

  private static Optional<String> mxnetOnAuto(Gpu gpu) {
    return gpu.missingCard(0)
        .or(
            () ->
                Optional.of(
                    "MXNet runs on a GPU only where --device names the GPU and "
                        + OWN_MXNET
                        + " an MXNet with CUDA"));
  }

  private static Optional<String> mxnetOnGpu(boolean own) {
    return own
        ? Optional.empty()
        : Optional.of(
            "the MXNet that is installed is for CPUs; choose --engine pytorch, or name an MXNet with CUDA of your own in "
                + OWN_MXNET);
  }

  /**
   * Why PyTorch's library for GPUs has kernels for no card here; empty where it has, and where
   * there is no card.
   */
  public static Optional<String> unservedCards() {
    return Gpu.here().unserved();
  }

  /** For the end of a line about the engine: why it runs on no GPU, where that was left to it. */
  public String description() {
    return noGpu.map(reason -> " (no GPU is used: " + reason + ")").orElse("");
  }
}
