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
   * Measured on an H100, a captured step of the paper's network: 4.2 ms with channels last and 6.4
   * without in TF32 by the fastest algorithms; float32 by deterministic ones took 12.7 with, and
   * Python's 10.7 without. In float64 cuDNN would copy each kernel to the other order.
   */
  private static boolean fasterWithChannelsLast(Precision precision, Algorithms algorithms) {
    return switch (precision) {
      case TF32 -> true;
      case FLOAT32 -> algorithms == Algorithms.FAST;
      case FLOAT64 -> false;
    };
  }
}
