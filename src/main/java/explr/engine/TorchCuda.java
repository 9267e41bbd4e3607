package explr.engine;

import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;
import explr.machine.Symbols;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * CUDA streams and graphs of the libtorch in this process, which DJL has no call for.
 *
 * <p>libtorch exports its C++ classes; on x86-64 Linux they are called by their mangled names. A
 * C++ exception that reaches Java ends the process. So whatever is likely to fail is asked of
 * CUDA's C interface first, which returns codes.
 */
final class TorchCuda implements CudaGraphs {

  static final String CAPTURE_BEGIN =
      "_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode";
  static final String CAPTURE_END = "_ZN2at4cuda9CUDAGraph11capture_endEv";
  static final String REPLAY = "_ZN2at4cuda9CUDAGraph6replayEv";
  static final String DESTRUCTOR = "_ZN2at4cuda9CUDAGraphD1Ev";

  /** Without arguments to PyTorch 2.7, with a flag in later versions. */
  static final String CONSTRUCTOR = "_ZN2at4cuda9CUDAGraphC1Ev";

  static final String CONSTRUCTOR_WITH_FLAG = "_ZN2at4cuda9CUDAGraphC1Eb";

  /** Of CUDA's runtime, which libtorch_cuda brings with it. */
  static final List<String> RUNTIME =
      List.of(
          "cudaSetDevice",
          "cudaMemGetInfo",
          "cudaStreamQuery",
          "cudaStreamSynchronize",
          "cudaStreamBeginCapture",
          "cudaStreamEndCapture",
          "cudaStreamIsCapturing",
          "cudaGraphDestroy",
          "cudaGetLastError",
          "cudaGetErrorString");

  /** A CUDAGraph has a few hundred bytes. */
  private static final int GRAPH_BYTES = 4096;

  /** Other threads may allocate and copy while one captures. */
  private static final int RELAXED = 2;

  private static final int CAPTURING = 1;
  private static final int NOT_READY = 600;
  private static final byte NO_FLAG = 0;

  /** What instantiating a graph of some hundred kernels may take of the card's memory. */
  private static final long LEAST_FREE_BYTES = 128L << 20;

  /** One for each library, since streams belong to threads and not to networks. */
  private static CudaStreams sharedStreams;

  /** Memory of graphs that libtorch may still refer to. */
  private static final List<Memory> LOST = new ArrayList<>();

  private final Symbols libtorch;
  private final CudaStreams streams;
  private final int device;
  private final Function construct;
  private final boolean constructorTakesFlag;
  private final Function captureBegin;
  private final Function captureEnd;
  private final Function replay;
  private final Function destroy;
  private final Function query;

  /**
   * Looks the functions up.
   *
   * @param libtorch a library that exports them, itself or through those that it needs
   * @param device the card's number
   * @throws IllegalStateException if a function is missing
   */
  TorchCuda(Symbols libtorch, CudaStreams streams, int device) {
    this.libtorch = libtorch;
    this.streams = streams;
    this.device = device;
    RUNTIME.forEach(libtorch::function);
    query = libtorch.function("cudaStreamQuery");
    captureBegin = libtorch.function(CAPTURE_BEGIN);
    captureEnd = libtorch.function(CAPTURE_END);
    replay = libtorch.function(REPLAY);
    destroy = libtorch.function(DESTRUCTOR);
    constructorTakesFlag = !libtorch.has(CONSTRUCTOR);
    construct = libtorch.function(constructorTakesFlag ? CONSTRUCTOR_WITH_FLAG : CONSTRUCTOR);
  }

  /**
   * Of the libtorch that this process has loaded; none, with the reason, where a function is
   * missing.
   *
   * @param device the card's number
   */
  static synchronized CudaGraphs of(int device) {
    try {
      Symbols libtorch = LoadedLibraries.ofThisProcess().symbols("libtorch_cuda.so");
      if (sharedStreams == null) {
        sharedStreams = new CudaStreams(libtorch);
      }
      return new TorchCuda(libtorch, sharedStreams, device);
    } catch (IllegalStateException | UncheckedIOException e) {
      return CudaGraphs.none(e.getMessage());
    }
  }

  @Override
  public void enter() {
    call("cudaSetDevice", device);
    streams.enter(device);
  }

  @Override
  public void run(Runnable computation) {
    synchronized (TorchCuda.class) {
      computation.run();
    }
  }

  /** One at a time: libtorch's allocator and random generators are shared by all threads. */
  @Override
  public Graph capture(Runnable computation) throws CaptureException {
    synchronized (TorchCuda.class) {
      Pointer stream = streams.enter(device).raw();
      require("cudaStreamSynchronize", stream);
      requireCapturable(stream);
      // Memory of earlier graphs: within a capture nothing is given back.
      JniUtils.emptyCudaCache();
      Memory graph = new Memory(GRAPH_BYTES);
      graph.clear();
      construct.invokeVoid(
          constructorTakesFlag ? new Object[] {graph, NO_FLAG} : new Object[] {graph});
      // The pool's id is a pair of numbers, in two registers; 0, 0 asks for a new pool.
      captureBegin.invokeVoid(new Object[] {graph, 0L, 0L, RELAXED});
      try {
        computation.run();
        requireWhole(stream);
      } catch (RuntimeException e) {
        abandon(graph, stream);
        throw new CaptureException("an operation cannot be captured: " + e.getMessage(), e);
      } catch (CaptureException e) {
        abandon(graph, stream);
        throw e;
      }
      captureEnd.invokeVoid(new Object[] {graph});
      return new CapturedGraph(graph, stream);
    }
  }

  /** libtorch would throw where CUDA refuses a capture, so CUDA is asked first. */
  private void requireCapturable(Pointer stream) throws CaptureException {
    require("cudaStreamBeginCapture", stream, RELAXED);
    PointerByReference empty = new PointerByReference();
    require("cudaStreamEndCapture", stream, empty);
    require("cudaGraphDestroy", empty.getValue());
  }

  /** Likewise where it cannot end one. */
  private void requireWhole(Pointer stream) throws CaptureException {
    if (!capturing(stream)) {
      throw new CaptureException("an operation that waits for the card ended the capture", null);
    }
    NativeLongByReference free = new NativeLongByReference();
    require("cudaMemGetInfo", free, new NativeLongByReference());
    if (free.getValue().longValue() < LEAST_FREE_BYTES) {
      throw new CaptureException("the card's memory is full", null);
    }
  }

  private boolean capturing(Pointer stream) {
    IntByReference status = new IntByReference();
    return call("cudaStreamIsCapturing", stream, status) == 0 && status.getValue() == CAPTURING;
  }

  /**
   * Ends a capture that failed in libtorch too, whose allocator would still count on it: one that
   * CUDA has ended is replaced by an empty one.
   */
  private void abandon(Memory graph, Pointer stream) {
    if (!capturing(stream)) {
      call("cudaStreamEndCapture", stream, new PointerByReference());
      call("cudaGetLastError");
      if (call("cudaStreamBeginCapture", stream, RELAXED) != 0) {
        LOST.add(graph);
        return;
      }
    }
    captureEnd.invokeVoid(new Object[] {graph});
    destroy.invokeVoid(new Object[] {graph});
    graph.close();
  }

  private void require(String function, Object... arguments) throws CaptureException {
    int code = call(function, arguments);
    if (code != 0) {
      throw new CaptureException(
          "%s failed with code %d: %s".formatted(function, code, describe(code)), null);
    }
  }

  private String describe(int code) {
    return libtorch.function("cudaGetErrorString").invokeString(new Object[] {code}, false);
  }

  private int call(String function, Object... arguments) {
    return libtorch.function(function).invokeInt(arguments);
  }

  private final class CapturedGraph implements Graph {
    private final Memory memory;
    private final Object[] self;
    private Pointer ranOn;

    CapturedGraph(Memory memory, Pointer stream) {
      this.memory = memory;
      ranOn = stream;
      self = new Object[] {memory};
    }

    @Override
    public void replay() {
      ranOn = streams.enter(device).raw();
      int code = query.invokeInt(new Object[] {ranOn});
      if (code != 0 && code != NOT_READY) {
        throw new IllegalStateException(
            "gpu:%d has failed with code %d: %s; what was saved is kept, and a new process continues from there"
                .formatted(device, code, describe(code)));
      }
      replay.invokeVoid(self);
    }

    @Override
    public void close() {
      // A graph that is still running must not lose its memory. Not all of the card: that would
      // break a capture in another thread.
      call("cudaStreamSynchronize", ranOn);
      synchronized (TorchCuda.class) {
        destroy.invokeVoid(self);
      }
      memory.close();
    }
  }
}
