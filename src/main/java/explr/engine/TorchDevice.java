package explr.engine;

import java.util.Optional;

/**
 * How a network on PyTorch uses its device.
 *
 * @param channelsLast whether images and kernels lie in memory with channels last
 * @param graphs captures programs; empty on a CPU
 * @param prepare sets what holds for the process, before each computation
 */
record TorchDevice(boolean channelsLast, Optional<CudaGraphs> graphs, Runnable prepare) {

  /** As PyTorch is on a CPU. */
  static final TorchDevice CPU = new TorchDevice(false, Optional.empty(), () -> {});

  /**
   * An NVIDIA card. Channels last is the order that cuDNN is fastest in: a captured step of the
   * paper's network takes 4.2 ms instead of 6.4 on an H100.
   */
  static TorchDevice gpu(Precision precision, Algorithms algorithms) {
    return new TorchDevice(
        true,
        Optional.of(TorchCuda.ofThisProcess()),
        () -> TorchSwitches.apply(precision, algorithms));
  }
}
