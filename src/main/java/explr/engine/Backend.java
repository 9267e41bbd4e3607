package explr.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import explr.machine.GpuFacts;
import explr.machine.NvidiaDriver;
import explr.network.Architecture;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where and how a network runs: engine, device, number type, threads, and what chooses algorithms.
 *
 * <p>On a CPU the same seed, engine, thread count, number type and processor type give the same
 * bits; on a GPU also the same card, driver and libraries, with {@link Algorithms#DETERMINISTIC}.
 *
 * @param engine MXNet or PyTorch
 * @param device {@code cpu} or {@code gpu:N}; {@link Placement} resolves {@code auto}
 * @param precision the number type
 * @param threads the threads of one operation on a CPU, 1 to 256; fixed for the life of the JVM by
 *     the first network opened on an engine
 * @param algorithms what chooses a GPU's algorithms; {@link Algorithms#DETERMINISTIC} on a CPU
 */
public record Backend(
    EngineName engine, String device, Precision precision, int threads, Algorithms algorithms) {

  /** More than any processor today has; a system may refuse to start more. */
  public static final int MOST_THREADS = 256;

  /** The first generation of cards that multiplies in TF32. */
  private static final NvidiaDriver.Version FIRST_WITH_TF32 = new NvidiaDriver.Version(8, 0);

  /**
   * Refuses an unknown device, threads out of range, and a number type or algorithms that the
   * device or the engine does not have.
   */
  public Backend {
    if (!device.matches("cpu|gpu:\\d{1,3}")) {
      throw new IllegalArgumentException(
          "unknown device '" + device + "'; choose auto, cpu or gpu:N, for example gpu:0");
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "a network runs on 1 to %d threads, not %d".formatted(MOST_THREADS, threads));
    }
    if (precision == Precision.TF32 && device.equals("cpu")) {
      throw new IllegalArgumentException(
          "number type tf32: a CPU does not multiply in TF32; choose float32, or a device gpu:N");
    }
    if (precision == Precision.TF32 && engine != EngineName.PYTORCH) {
      throw new IllegalArgumentException(
          "number type tf32: %s cannot be switched between float32 and TF32; choose float32, or the engine pytorch"
              .formatted(engine.displayName()));
    }
    if (algorithms == Algorithms.FAST && device.equals("cpu")) {
      throw new IllegalArgumentException(
          "fast algorithms: on a CPU all algorithms are deterministic; choose deterministic, or a device gpu:N");
    }
    if (algorithms == Algorithms.FAST && engine != EngineName.PYTORCH) {
      throw new IllegalArgumentException(
          "fast algorithms: %s is run with deterministic ones alone; choose deterministic, or the engine pytorch"
              .formatted(engine.displayName()));
    }
  }

  /** With deterministic algorithms. */
  public Backend(EngineName engine, String device, Precision precision, int threads) {
    this(engine, device, precision, threads, Algorithms.DETERMINISTIC);
  }

  /** The engine for this machine on its CPU, in 32 bits, on all its processors. */
  public static Backend auto() {
    return new Backend(
        EngineName.auto(), "cpu", Precision.FLOAT32, Runtime.getRuntime().availableProcessors());
  }

  /** The same place with another number type. */
  public Backend in(Precision other) {
    return new Backend(engine, device, other, threads, algorithms);
  }

  /**
   * Whether batches are made of images that lie on the device, and steps run as a {@link Program}:
   * on a GPU, which would otherwise wait for the host.
   */
  public boolean runsPrograms() {
    return onGpu() && engine == EngineName.PYTORCH;
  }

  /** As a person says it: 1 thread, 2 threads. */
  public String describeThreads() {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  /** The same place with another number of threads. */
  public Backend withThreads(int other) {
    return new Backend(engine, device, precision, other, algorithms);
  }

  /** The same place on another engine. */
  public Backend on(EngineName other) {
    return new Backend(other, device, precision, threads, algorithms);
  }

  /** The same place with other algorithms. */
  public Backend withAlgorithms(Algorithms other) {
    return new Backend(engine, device, precision, threads, other);
  }

  /** Whether networks run on a GPU. */
  public boolean onGpu() {
    return !device.equals("cpu");
  }

  /**
   * The GPU, read from its driver and libraries without starting the engine; empty on a CPU.
   *
   * @throws IllegalStateException if the driver, the card or a library is missing
   * @throws IllegalArgumentException if the card does not have the number type
   */
  public Optional<GpuFacts> gpu() {
    if (!onGpu()) {
      return Optional.empty();
    }
    GpuFacts facts = GpuLibraries.facts(gpuIndex());
    requireNumberType(facts);
    return Optional.of(facts);
  }

  /**
   * The memory of the GPU in bytes, read from its driver; empty on a CPU.
   *
   * @throws IllegalStateException if the driver does not list the GPU
   */
  public OptionalLong gpuMemory() {
    return onGpu() ? OptionalLong.of(GpuLibraries.card(gpuIndex()).memory()) : OptionalLong.empty();
  }

  /** Refuses TF32 on a card that computes it as float32, which would be a wrong name. */
  void requireNumberType(GpuFacts gpu) {
    if (precision == Precision.TF32 && gpu.capability().compareTo(FIRST_WITH_TF32) < 0) {
      throw new IllegalArgumentException(
          "number type tf32: %s has compute capability %s and multiplies in TF32 only from %s; choose float32"
              .formatted(gpu.name(), gpu.capability(), FIRST_WITH_TF32));
    }
  }

  /**
   * The device for people; a GPU with its software and what chooses algorithms.
   *
   * @param gpu what {@link #gpu} read
   */
  public String describeDevice(Optional<GpuFacts> gpu) {
    return gpu.map(facts -> "%s (%s, %s)".formatted(device, facts.describe(), algorithms.label()))
        .orElse(device);
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
        case PYTORCH -> {
          TorchDevice torch = pytorchDevice();
          torch.enter().run();
          yield new PtNetwork(architecture, manager, precision, batchSize, epsilons, torch);
        }
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

  private TorchDevice pytorchDevice() {
    return onGpu() ? TorchDevice.gpu(gpuIndex(), precision, algorithms) : TorchDevice.CPU;
  }

  /** The engine's own version number. */
  public String engineVersion() {
    return NativeSettings.start(this).getVersion();
  }

  private int gpuIndex() {
    return Integer.parseInt(device.substring("gpu:".length()));
  }

  private Device djlDevice(Engine djl) {
    if (!onGpu()) {
      return Device.cpu();
    }
    int index = gpuIndex();
    if (index >= djl.getGpuCount()) {
      throw new IllegalArgumentException(
          "device %s: %s sees %d GPUs here; choose cpu, or install the engine's GPU library"
              .formatted(device, engine.displayName(), djl.getGpuCount()));
    }
    return Device.gpu(index);
  }
}
