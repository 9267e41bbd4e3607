package explr.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import explr.network.Architecture;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a network runs: engine, device, number type and threads.
 *
 * <p>On a CPU the same seed, engine, thread count, number type and processor type give the same
 * bits.
 *
 * @param engine MXNet or PyTorch
 * @param device {@code cpu} or {@code gpu:N}; {@link Placement} resolves {@code auto}
 * @param precision the number type
 * @param threads the threads of one operation on a CPU, ≥ 1; fixed for the life of the JVM by the
 *     first network opened on an engine
 */
public record Backend(EngineName engine, String device, Precision precision, int threads) {

  /** Refuses an unknown device or fewer than one thread. */
  public Backend {
    if (!device.matches("cpu|gpu:\\d{1,3}")) {
      throw new IllegalArgumentException(
          "unknown device '" + device + "'; choose auto, cpu or gpu:N, for example gpu:0");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("a network needs at least one thread, not " + threads);
    }
  }

  /** The engine for this machine on its CPU, in 32 bits, on all its processors. */
  public static Backend auto() {
    return new Backend(
        EngineName.auto(), "cpu", Precision.FLOAT32, Runtime.getRuntime().availableProcessors());
  }

  /** The same place with another number type. */
  public Backend in(Precision other) {
    return new Backend(engine, device, other, threads);
  }

  /** As a person says it: 1 thread, 2 threads. */
  public String describeThreads() {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  /** The same place with another number of threads. */
  public Backend withThreads(int other) {
    return new Backend(engine, device, precision, other);
  }

  /** The same place on another engine. */
  public Backend on(EngineName other) {
    return new Backend(other, device, precision, threads);
  }

  /**
   * Makes an architecture trainable here.
   *
   * @param batchSize images in a training batch, ≥ 1
   * @param epsilon what normalisations add to the variance, &gt; 0
   */
  public Network open(Architecture architecture, int batchSize, double epsilon) {
    Engine djl = NativeSettings.start(this);
    double[] epsilons = new double[architecture.normalizations().size()];
    Arrays.fill(epsilons, epsilon);
    NDManager manager = djl.newBaseManager(djlDevice(djl));
    try {
      return switch (engine) {
        case MXNET -> new MxNetwork(architecture, manager, precision, epsilons);
        case PYTORCH -> new PtNetwork(architecture, manager, precision, batchSize, epsilons);
      };
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * By whose kernels the engine multiplies matrices, where that is chosen here or by the user and
   * decides bits: {@code OPENBLAS_CORETYPE} of MXNet in double precision, which is what it calls
   * OpenBLAS for.
   */
  public Optional<String> blasKernels() {
    boolean openBlas =
        engine == EngineName.MXNET && precision == Precision.FLOAT64 && device.equals("cpu");
    return openBlas ? NativeSettings.blasKernels() : Optional.empty();
  }

  /** The engine's own version number. */
  public String engineVersion() {
    return NativeSettings.start(this).getVersion();
  }

  private Device djlDevice(Engine djl) {
    if (device.equals("cpu")) {
      return Device.cpu();
    }
    int index = Integer.parseInt(device.substring("gpu:".length()));
    if (index >= djl.getGpuCount()) {
      throw new IllegalArgumentException(
          "device %s: %s sees %d GPUs here; choose cpu, or install the engine's GPU library"
              .formatted(device, engine.displayName(), djl.getGpuCount()));
    }
    return Device.gpu(index);
  }
}
