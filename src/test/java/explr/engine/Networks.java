package explr.engine;

import explr.network.Architecture;
import java.util.Arrays;
import java.util.Optional;

/** Networks on a CPU that are kept as a GPU keeps them. */
public final class Networks {

  private Networks() {}

  /** PyTorch's network with images and kernels in memory with channels last. */
  public static Network channelsLast(
      Architecture architecture, Precision precision, int batchSize, double epsilon) {
    return open(architecture, precision, batchSize, epsilon, true, Optional.empty());
  }

  static Network open(
      Architecture architecture,
      Precision precision,
      int batchSize,
      double epsilon,
      boolean channelsLast,
      Optional<CudaGraphs> graphs) {
    Backend backend = NetworkTest.backend(EngineName.PYTORCH, precision);
    double[] epsilons = new double[architecture.normalizations().size()];
    Arrays.fill(epsilons, epsilon);
    return new PtNetwork(
        architecture,
        NativeSettings.start(backend).newBaseManager(),
        precision,
        batchSize,
        epsilons,
        new TorchDevice(channelsLast, graphs, () -> {}));
  }
}
