package explr.engine;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import explr.machine.Symbols;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * CUDA streams and graphs of the libtorch in this process, which DJL has no call for.
 *
 * <p>libtorch exports its C++ classes; on x86-64 Linux they are called by their mangled names. A
 * C++ exception must not reach Java, where it would end the process. So whatever can fail is asked
 * of CUDA's C interface first, which returns codes.
 */
final class TorchCuda implements CudaGraphs {

  /** Of {@code libc10_cuda.so}. */
  static final List<String> STREAM_SYMBOLS =
      List.of(
          "_ZN3c104cuda17getStreamFromPoolEba",
          "_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE",
          "_ZNK3c104cuda10CUDAStream6streamEv");

  /** Of {@code libtorch_cuda.so}. */
  static final List<String> GRAPH_SYMBOLS =
      List.of(
          "_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode",
          "_ZN2at4cuda9CUDAGraph11capture_endEv",
          "_ZN2at4cuda9CUDAGraph6replayEv",
          "_ZN2at4cuda9CUDAGraphD1Ev");

  /** The constructor: without arguments to PyTorch 2.7, with a flag in later versions. */
  static final String CONSTRUCTOR = "_ZN2at4cuda9CUDAGraphC1Ev";

  static final String CONSTRUCTOR_WITH_FLAG = "_ZN2at4cuda9CUDAGraphC1Eb";

  /** Of {@code libcudart.so}. */
  static final List<String> RUNTIME_SYMBOLS =
      List.of(
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
  private static final Pointer DEFAULT_STREAM = Pointer.NULL;
  private static final byte NO_FLAG = 0;
  private static final byte CURRENT_DEVICE = -1;

  private final Function streamFromPool;
  private final Function setCurrentStream;
  private final Function rawStream;
  private final Function construct;
  private final boolean constructorTakesFlag;
  private final Function captureBegin;
  private final Function captureEnd;
  private final Function replay;
  private final Function destroy;
  private final Symbols runtime;

  /** A thread computes on its own stream, once it has one. */
  private final ThreadLocal<StreamValue> own = new ThreadLocal<>();

  /** {@code c10::cuda::CUDAStream}, in a register pair. */
  @Structure.FieldOrder({"type", "index", "id"})
  public static class StreamValue extends Structure implements Structure.ByValue {
    /** {@code c10::DeviceType}. */
    public byte type;

    /** The device. */
    public byte index;

    /** {@code c10::StreamId}. */
    public long id;
  }

  /**
   * Looks the functions up.
   *
   * @throws IllegalStateException if a library or a function is missing
   */
  TorchCuda(LoadedLibraries libraries) {
    Symbols streams = libraries.symbols("libc10_cuda");
    Symbols graphs = libraries.symbols("libtorch_cuda");
    runtime = libraries.symbols("libcudart");
    RUNTIME_SYMBOLS.forEach(runtime::function);
    streamFromPool = streams.function(STREAM_SYMBOLS.get(0));
    setCurrentStream = streams.function(STREAM_SYMBOLS.get(1));
    rawStream = streams.function(STREAM_SYMBOLS.get(2));
    captureBegin = graphs.function(GRAPH_SYMBOLS.get(0));
    captureEnd = graphs.function(GRAPH_SYMBOLS.get(1));
    replay = graphs.function(GRAPH_SYMBOLS.get(2));
    destroy = graphs.function(GRAPH_SYMBOLS.get(3));
    constructorTakesFlag = !graphs.has(CONSTRUCTOR);
    construct = graphs.function(constructorTakesFlag ? CONSTRUCTOR_WITH_FLAG : CONSTRUCTOR);
  }

  /** Of the libraries that this process has loaded; none, with the reason, where one is missing. */
  static CudaGraphs ofThisProcess() {
    try {
      return new TorchCuda(LoadedLibraries.ofThisProcess());
    } catch (IllegalStateException | UncheckedIOException e) {
      return CudaGraphs.none(e.getMessage());
    }
  }

  @Override
  public void useOwnStream() {
    if (own.get() == null) {
      StreamValue stream =
          (StreamValue)
              streamFromPool.invoke(StreamValue.class, new Object[] {NO_FLAG, CURRENT_DEVICE});
      // What this thread's network was filled with so far was written on the default stream.
      call("cudaStreamSynchronize", DEFAULT_STREAM);
      setCurrentStream.invokeVoid(new Object[] {stream});
      own.set(stream);
    }
  }

  /** One at a time: libtorch's allocator and random generators are shared by all threads. */
  @Override
  public Graph capture(Runnable computation) throws CaptureException {
    synchronized (TorchCuda.class) {
      useOwnStream();
      Pointer stream = rawStream();
      require("cudaStreamSynchronize", stream);
      requireCapturable(stream);
      Memory graph = new Memory(GRAPH_BYTES);
      graph.clear();
      construct.invokeVoid(
          constructorTakesFlag ? new Object[] {graph, NO_FLAG} : new Object[] {graph});
      // The pool's id is a pair of numbers, in two registers; 0, 0 asks for a new pool.
      captureBegin.invokeVoid(new Object[] {graph, 0L, 0L, RELAXED});
      try {
        computation.run();
      } catch (RuntimeException e) {
        abandon(stream);
        throw new CaptureException("an operation cannot be captured: " + e.getMessage(), e);
      }
      IntByReference status = new IntByReference();
      call("cudaStreamIsCapturing", stream, status);
      if (status.getValue() != CAPTURING) {
        abandon(stream);
        throw new CaptureException("CUDA ended the capture before its end", null);
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

  /**
   * Ends a capture that failed. libtorch's object stays as it is: it would throw, and its memory,
   * which the failed operations share, must not be used again.
   */
  private void abandon(Pointer stream) {
    call("cudaStreamEndCapture", stream, new PointerByReference());
    call("cudaGetLastError");
  }

  private Pointer rawStream() {
    StreamValue stream = own.get();
    stream.write();
    return rawStream.invokePointer(new Object[] {stream.getPointer()});
  }

  private void require(String function, Object... arguments) throws CaptureException {
    int code = call(function, arguments);
    if (code != 0) {
      String reason =
          runtime.function("cudaGetErrorString").invokeString(new Object[] {code}, false);
      throw new CaptureException(function + " failed with code " + code + ": " + reason, null);
    }
  }

  private int call(String function, Object... arguments) {
    return runtime.function(function).invokeInt(arguments);
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
      ranOn = rawStream();
      replay.invokeVoid(self);
    }

    @Override
    public void close() {
      // A graph that is still running must not lose its memory. Not all of the device: that would
      // break a capture in another thread.
      call("cudaStreamSynchronize", ranOn);
      destroy.invokeVoid(self);
      memory.close();
    }
  }
}
