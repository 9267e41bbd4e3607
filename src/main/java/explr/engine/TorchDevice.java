package explr.engine;

import java.util.Optional;

/**
 * How a network on PyTorch uses its device.
 *
 * @param channelsLast whether images and kernels lie in memory with channels last
 * @param graphs captures programs; empty on a CPU
 * @param enter prepares the calling thread to use it with the network's number type
 */
record TorchDevice(boolean channelsLast, Optional<CudaGraphs> graphs, Runnable enter) {

  /** As PyTorch is on a CPU. */
  static final TorchDevice CPU = new TorchDevice(false, Optional.empty(), () -> {});

  /**
   * An NVIDIA card.
   *
   * @param index the card's number
   */
  static TorchDevice gpu(int index, Precision precision, Algorithms algorithms) {
    CudaGraphs graphs = TorchCuda.of(index);
    return new TorchDevice(
        fasterWithChannelsLast(precision, algorithms),
        Optional.of(graphs),
        () -> {
          graphs.enter();
          TorchSwitches.apply(precision, algorithms);
        });
  }

  /**
   * Measured on an H200, a captured step of the paper's network with channels last and without: in
   * TF32 4.3 and 7.5 ms, by the fastest algorithms 3.8 and 6.1 ms; in float32 10.0 and 9.0 ms, by
   * the fastest algorithms 6.1 and 7.0 ms; in float64 the same.
   */
  private static boolean fasterWithChannelsLast(Precision precision, Algorithms algorithms) {
    return switch (precision) {
      case TF32 -> true;
      case FLOAT32 -> algorithms == Algorithms.FAST;
      case FLOAT64 -> false;
    };
  }
}
