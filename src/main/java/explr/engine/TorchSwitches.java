package explr.engine;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Pointer;
import explr.machine.Symbols;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * PyTorch's switches that decide how a GPU computes; they hold for the whole process. DJL has no
 * calls for them, so the functions of {@code at::Context} are called by their C++ names, those of
 * x86-64 Linux.
 *
 * <p>cuDNN's switch is enough for deterministic training here, and PyTorch's {@code
 * setDeterministicAlgorithms} is not used: it would refuse operators for what they may do in
 * general and fill every new tensor with NaN. Apart from convolutions, which cuDNN's switch covers,
 * an operator of {@link PtGraph} and {@link PtNetwork} adds in a fixed order or adds at most one
 * term to each number: the gradient of {@code gather} picks one class of each image, and the
 * windows of the pools do not overlap. cuBLAS repeats its bits with a work space of fixed size,
 * which {@link NativeSettings} sets.
 */
enum TorchSwitches {
  /** Convolutions only by algorithms that repeat their bits. */
  DETERMINISTIC_CUDNN("21setDeterministicCuDNNEb", "18deterministicCuDNNEv"),

  /** Convolutions by the algorithms that were the fastest when they were first needed. */
  BENCHMARK_CUDNN("17setBenchmarkCuDNNEb", "14benchmarkCuDNNEv"),

  /** Convolutions with inputs in TF32; on by default in PyTorch. */
  TF32_CUDNN("17setAllowTF32CuDNNEb", "14allowTF32CuDNNEv"),

  /** Matrix products with inputs in TF32. */
  TF32_CUBLAS("18setAllowTF32CuBLASEb", "15allowTF32CuBLASEv");

  /** The variable that turns TF32 off for all of NVIDIA's libraries, whatever a program sets. */
  static final String TF32_OVERRIDE = "NVIDIA_TF32_OVERRIDE";

  /**
   * The getter of {@link #TF32_CUDNN} in later versions of PyTorch, with an operation as an
   * optional of C++.
   */
  static final String TF32_CUDNN_OF_OPERATION =
      "_ZNK2at7Context14allowTF32CuDNNESt8optionalINS_9Float32OpEE";

  /** An optional that holds {@code at::Float32Op::CONV}, as a register passes it. */
  private static final long CONVOLUTION = 1L << 32 | 1;

  private static final String CONTEXT = "_ZN2at13globalContextEv";
  private static final String LIBRARY = "libtorch_cpu.so";

  private final String setter;
  private final String getter;

  TorchSwitches(String setter, String getter) {
    this.setter = "_ZN2at7Context" + setter;
    this.getter = "_ZNK2at7Context" + getter;
  }

  /**
   * The positions of the switches.
   *
   * @param deterministic {@link #DETERMINISTIC_CUDNN}
   * @param benchmark {@link #BENCHMARK_CUDNN}
   * @param convolutionsInTf32 {@link #TF32_CUDNN}
   * @param productsInTf32 {@link #TF32_CUBLAS}
   */
  record Positions(
      boolean deterministic,
      boolean benchmark,
      boolean convolutionsInTf32,
      boolean productsInTf32) {

    static Positions of(Precision precision, Algorithms algorithms) {
      boolean fast = algorithms == Algorithms.FAST;
      boolean tf32 = precision == Precision.TF32;
      return new Positions(!fast, fast, tf32, tf32);
    }

    private boolean of(TorchSwitches which) {
      return switch (which) {
        case DETERMINISTIC_CUDNN -> deterministic;
        case BENCHMARK_CUDNN -> benchmark;
        case TF32_CUDNN -> convolutionsInTf32;
        case TF32_CUBLAS -> productsInTf32;
      };
    }
  }

  /** Null until it is needed. */
  private static Symbols loaded;

  /**
   * Sets all switches for a number type and what chooses algorithms; to be called after the engine
   * is loaded and before a network on a GPU computes. Takes microseconds where they are set
   * already.
   *
   * @throws IllegalStateException if libtorch lacks a switch, does not keep what was set, or a
   *     variable overrides it
   */
  static synchronized void apply(Precision precision, Algorithms algorithms) {
    requireNoOverride(precision, NativeSettings.environment(TF32_OVERRIDE));
    if (loaded == null) {
      loaded = libtorch();
    }
    Positions wanted = Positions.of(precision, algorithms);
    if (!read(loaded).equals(wanted)) {
      set(loaded, wanted);
    }
  }

  /** Refuses a variable that makes NVIDIA's libraries compute in another number type. */
  static void requireNoOverride(Precision precision, String override) {
    boolean off = "0".equals(override);
    if (override != null && off == (precision == Precision.TF32)) {
      throw new IllegalStateException(
          "the variable %s is %s, which turns TF32 %s against the number type %s; unset it"
              .formatted(TF32_OVERRIDE, override, off ? "off" : "on", precision));
    }
  }

  /** Sets the switches of a loaded libtorch and reads each back. */
  static void set(Symbols libtorch, Positions positions) {
    Pointer context = libtorch.function(CONTEXT).invokePointer(new Object[0]);
    for (TorchSwitches each : values()) {
      boolean on = positions.of(each);
      libtorch.function(each.setter).invokeVoid(new Object[] {context, (byte) (on ? 1 : 0)});
      if (each.isOn(libtorch, context) != on) {
        throw new IllegalStateException(
            "PyTorch's switch %s stays %s".formatted(each, on ? "off" : "on"));
      }
    }
  }

  /** The present positions in a loaded libtorch. */
  static Positions read(Symbols libtorch) {
    Pointer context = libtorch.function(CONTEXT).invokePointer(new Object[0]);
    return new Positions(
        DETERMINISTIC_CUDNN.isOn(libtorch, context),
        BENCHMARK_CUDNN.isOn(libtorch, context),
        TF32_CUDNN.isOn(libtorch, context),
        TF32_CUBLAS.isOn(libtorch, context));
  }

  private boolean isOn(Symbols libtorch, Pointer context) {
    Object[] arguments =
        this == TF32_CUDNN && !libtorch.has(getter)
            ? new Object[] {context, CONVOLUTION}
            : new Object[] {context};
    String name = arguments.length == 1 ? getter : TF32_CUDNN_OF_OPERATION;
    // A C++ bool is one byte; the rest of the register may hold anything.
    return (byte) libtorch.function(name).invoke(Byte.class, arguments) != 0;
  }

  /** The libtorch that DJL has loaded. */
  static Symbols libtorch() {
    Path library = Path.of(LibUtils.getLibtorchPath()).resolve(LIBRARY);
    if (!Files.exists(library)) {
      throw new IllegalStateException(
          "PyTorch's switches cannot be set: %s does not exist; GPUs are supported on x86-64 Linux"
              .formatted(library));
    }
    return Symbols.of(library.toString());
  }
}
