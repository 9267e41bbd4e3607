package explr.engine;

import ai.djl.engine.Engine;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import explr.machine.Machine;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What must be set before an engine's native library is loaded, because it is read only then.
 *
 * <p>A Java program cannot change its own environment, and a notebook's kernel is already running
 * when the engine is chosen; so the C library is asked. Measured on PreResNet-32: MXNet runs on one
 * thread unless OMP_NUM_THREADS is set (half the speed on two cores); the engine that runs
 * operations in the calling thread and an allocator that keeps its memory give another 1.17; {@link
 * BlasKernels} double the speed in double precision on processors that OpenBLAS does not know.
 */
final class NativeSettings {

  /** Which a user may set, too. */
  private static final String BLAS_KERNELS = "OPENBLAS_CORETYPE";

  private static final Map<EngineName, Integer> STARTED = new EnumMap<>(EngineName.class);
  private static boolean allocatorTuned;

  private NativeSettings() {}

  /** Loads the engine with these settings, or returns it if it is loaded already. */
  static synchronized Engine start(Backend backend) {
    Integer threads = STARTED.get(backend.engine());
    if (!backend.engine().available()) {
      throw new IllegalArgumentException(
          "%s has no library for %s on %s on the class path; choose another engine (auto finds one)"
              .formatted(
                  backend.engine().displayName(),
                  System.getProperty("os.name"),
                  System.getProperty("os.arch")));
    }
    if (backend.onGpu()) {
      // Also where the engine was started for a CPU: they are read at the first use of a GPU.
      ofGpu(backend.engine()).forEach(NativeSettings::setEnvironment);
    }
    if (threads == null) {
      apply(backend);
      STARTED.put(backend.engine(), backend.threads());
    } else if (threads != backend.threads()) {
      throw new IllegalStateException(
          "%s was started with another number of threads in this process, %d, and cannot change to %d; start a new process (or restart the kernel)"
              .formatted(backend.engine().displayName(), threads, backend.threads()));
    }
    return Engine.getEngine(backend.engine().displayName());
  }

  private static void apply(Backend backend) {
    // Without it DJL loads the first engine of the class path beside the chosen one.
    System.setProperty("ai.djl.default_engine", backend.engine().displayName());
    // DJL otherwise asks a cloud provider's metadata address, and reports its use, when it loads.
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.offline", Boolean.toString(!backend.onGpu()));
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(backend.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    setEnvironment("OMP_NUM_THREADS", Integer.toString(backend.threads()));
    blasKernels().ifPresent(kernels -> setEnvironment(BLAS_KERNELS, kernels));
    if (!backend.onGpu()) {
      setEnvironment("MXNET_ENGINE_TYPE", "NaiveEngine");
      keepFreedMemory();
    }
  }

  /**
   * Variables that decide bits on a GPU and have no other switch. A user's own values are replaced:
   * they would change bits that no identity names.
   */
  static Map<String, String> ofGpu(EngineName engine) {
    return switch (engine) {
      // cuBLAS needs a workspace of fixed size per stream to repeat its bits. The second of
      // cuDNN's heuristics chooses faster deterministic convolutions: a captured TF32 step takes
      // 4.4 instead of 5.1 ms (H200).
      case PYTORCH ->
          Map.of("CUBLAS_WORKSPACE_CONFIG", ":4096:8", "TORCH_CUDNN_USE_HEURISTIC_MODE_B", "1");
      // Float32 without TF32, no choice of algorithms by time, none that adds in changing order.
      case MXNET ->
          Map.of(
              TorchSwitches.TF32_OVERRIDE,
              "0",
              "MXNET_CUDNN_AUTOTUNE_DEFAULT",
              "0",
              "MXNET_ENFORCE_DETERMINISM",
              "1");
    };
  }

  /** The user's choice, else ours; nothing where OpenBLAS chooses. */
  static Optional<String> blasKernels() {
    return Optional.ofNullable(System.getenv(BLAS_KERNELS))
        .or(() -> BlasKernels.of(Machine.instructionSet()));
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** The present value, which Java's own copy of the environment may not have; null if unset. */
  static String environment(String name) {
    return Platform.isWindows()
        ? System.getenv(name)
        : NativeLibrary.getInstance("c")
            .getFunction("getenv")
            .invokeString(new Object[] {name}, false);
  }

  private static void setEnvironment(String name, String value) {
    if (!Platform.isWindows()) {
      call("setenv", name, value, 1);
    }
  }

  /**
   * Tells glibc's allocator not to return memory to the system after every step; other C libraries
   * have no such call.
   */
  private static void keepFreedMemory() {
    if (allocatorTuned || !Platform.isLinux()) {
      return;
    }
    allocatorTuned = true;
    try {
      call("mallopt", -4, 0); // M_MMAP_MAX
      call("mallopt", -1, Integer.MAX_VALUE); // M_TRIM_THRESHOLD
      call("mallopt", -8, 1); // M_ARENA_MAX
      call("mallopt", -2, 64 << 20); // M_TOP_PAD
    } catch (UnsatisfiedLinkError e) {
      // musl and others have no mallopt: training works, a little slower.
      return;
    }
  }

  private static void call(String function, Object... arguments) {
    Function c = NativeLibrary.getInstance("c").getFunction(function);
    c.invokeInt(arguments);
  }
}
