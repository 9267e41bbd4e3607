package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import explr.machine.Symbols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a stand-in for libtorch and CUDA's runtime, which a C compiler makes and which keeps a log.
 */
class TorchCudaTest {

  /** Streams are numbered from 100; one capture at a time, which `end_capture` breaks. */
  private static final String STAND_IN =
      """
      #include <stdio.h>
      #include <string.h>
      typedef struct { signed char type, index; long id; } Stream;
      char calls[65536];
      static long next = 100, current, capturing, graph_streams;
      static int failure, invalid, free_mb = 1000;
      static void call(const char *what, long number) {
        sprintf(calls + strlen(calls), "%s %ld;", what, number);
      }
      void fail_with(int code) { failure = code; }
      void end_capture(void) { invalid = 1; }
      void memory(int mb) { free_mb = mb; }
      void clear(void) { calls[0] = 0; }
      Stream _ZN3c104cuda17getStreamFromPoolEba(char high, signed char device) {
        Stream s = { 1, device, next++ };
        return s;
      }
      void _ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE(Stream s) { current = s.id; }
      long _ZNK3c104cuda10CUDAStream6streamEv(const Stream *s) { return s->id; }
      void _ZN2at4cuda9CUDAGraphC1Ev(void *graph) { call("construct", 0); }
      void _ZN2at4cuda9CUDAGraphD1Ev(void *graph) { call("destroy", 0); }
      void _ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode(
          void *graph, unsigned long long a, unsigned long long b, int mode) {
        capturing = current;
        call("begin", current);
      }
      void _ZN2at4cuda9CUDAGraph11capture_endEv(void *graph) {
        call(capturing == current && !invalid ? "end" : "CRASH", current);
        capturing = 0;
      }
      void _ZN2at4cuda9CUDAGraph6replayEv(void *graph) { call("replay", current); }
      int cudaSetDevice(int device) { call("device", device); return 0; }
      int cudaMemGetInfo(size_t *left, size_t *all) { *left = (size_t) free_mb << 20; return 0; }
      int cudaStreamQuery(long stream) { return failure; }
      int cudaStreamSynchronize(long stream) { call("synchronize", stream); return 0; }
      int cudaStreamBeginCapture(long stream, int mode) { capturing = stream; return 0; }
      int cudaStreamEndCapture(long stream, void **graph) {
        int code = invalid ? 901 : 0;
        capturing = invalid = 0;
        *graph = 0;
        return code;
      }
      int cudaStreamIsCapturing(long stream, int *status) {
        *status = capturing != stream ? 0 : invalid ? 2 : 1;
        return 0;
      }
      int cudaGraphDestroy(void *graph) { return 0; }
      int cudaGetLastError(void) { return 0; }
      const char *cudaGetErrorString(int code) { return "an illegal memory access"; }
      """;

  @TempDir private Path folder;
  private NativeLibrary library;
  private Symbols symbols;
  private CudaStreams streams;

  @BeforeEach
  void makeTheStandIn() throws IOException, InterruptedException {
    // The native half of DJL's cache of CUDA memory.
    new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT32, NetworkTest.THREADS).engineVersion();
    symbols = compiled(STAND_IN);
    library = symbols.library();
    streams = new CudaStreams(symbols);
  }

  private Symbols compiled(String c) throws IOException, InterruptedException {
    Path source = Files.writeString(Files.createTempFile(folder, "stand-in", ".c"), c);
    Path made = Files.createTempFile(folder, "lib", ".so");
    List<String> command =
        List.of("cc", "-w", "-shared", "-fPIC", "-o", made.toString(), source.toString());
    int code;
    try {
      code = new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException noCompiler) {
      assumeTrue(false, "no C compiler (cc) makes the stand-in for libtorch");
      throw noCompiler;
    }
    assertThat(code).isZero();
    return Symbols.of(made.toString());
  }

  private TorchCuda graphs(int device) {
    return new TorchCuda(symbols, streams, device);
  }

  private void tell(String function, Object... arguments) {
    library.getFunction(function).invokeVoid(arguments);
  }

  private String calls() {
    String calls = library.getGlobalVariableAddress("calls").getString(0);
    tell("clear");
    return calls;
  }

  private Pointer streamInAnotherThread(int device) throws Exception {
    AtomicReference<Pointer> raw = new AtomicReference<>();
    Thread other = new Thread(() -> raw.set(streams.enter(device).raw()));
    other.start();
    other.join();
    return raw.get();
  }

  @Test
  void aThreadKeepsOneStreamForAllItsNetworksOnACard() {
    assertThat(streams.enter(0).raw()).isEqualTo(new Pointer(100));
    assertThat(streams.enter(1).raw()).isEqualTo(new Pointer(101));
    assertThat(streams.enter(0).raw()).isEqualTo(new Pointer(100));
    assertThat(streams.enter(0).value().index).isZero();
    assertThat(streams.enter(1).value().index).isEqualTo((byte) 1);
  }

  @Test
  void threadsHaveStreamsOfTheirOwnAndThoseOfEndedThreadsAreUsedAgain() throws Exception {
    assertThat(streams.enter(0).raw()).isEqualTo(new Pointer(100));
    for (int thread = 0; thread < 40; thread++) {
      assertThat(streamInAnotherThread(0)).isEqualTo(new Pointer(101));
    }
  }

  @Test
  void moreThreadsThanStreamsAreRefused() throws Exception {
    ExecutorService many = Executors.newFixedThreadPool(33);
    try {
      for (int thread = 0; thread < 32; thread++) {
        many.submit(() -> streams.enter(0)).get();
      }
      assertThatThrownBy(() -> many.submit(() -> streams.enter(0)).get())
          .hasMessageContaining("gpu:0 is used by 32 threads");
    } finally {
      many.shutdownNow();
    }
  }

  @Test
  void twoNetworksInTurnAreCapturedAndReplayedOnTheThreadsStream() throws Exception {
    TorchCuda one = graphs(0);
    TorchCuda two = graphs(0);
    one.enter();
    two.enter();
    one.enter();
    calls();
    try (CudaGraphs.Graph graph = one.capture(() -> two.enter())) {
      assertThat(calls()).isEqualTo("synchronize 100;construct 0;begin 100;device 0;end 100;");
      graph.replay();
      assertThat(calls()).isEqualTo("replay 100;");
    }
    assertThat(calls()).isEqualTo("synchronize 100;destroy 0;");
  }

  @Test
  void anotherCardIsChosenBeforeItComputes() {
    graphs(3).enter();
    assertThat(calls()).isEqualTo("device 3;");
  }

  @Test
  void anOperationThatFailsEndsTheCaptureInLibtorchToo() {
    TorchCuda graphs = graphs(0);
    assertThatThrownBy(
            () ->
                graphs.capture(
                    () -> {
                      throw new IllegalArgumentException("no such kernel");
                    }))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("no such kernel");
    assertThat(calls()).endsWith("begin 100;end 100;destroy 0;");
  }

  @Test
  void aCaptureThatCudaHasEndedIsReplacedByAnEmptyOne() {
    TorchCuda graphs = graphs(0);
    assertThatThrownBy(() -> graphs.capture(() -> tell("end_capture")))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("waits for the card");
    assertThat(calls()).endsWith("begin 100;end 100;destroy 0;").doesNotContain("CRASH");
  }

  @Test
  void aFullCardIsNotCaptured() {
    tell("memory", 10);
    assertThatThrownBy(() -> graphs(0).capture(() -> {}))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("memory is full");
  }

  @Test
  void aCardThatHasFailedIsNamedBeforeLibtorchThrows() throws Exception {
    try (CudaGraphs.Graph graph = graphs(0).capture(() -> {})) {
      tell("fail_with", 600); // not ready: still computing
      graph.replay();
      calls();
      tell("fail_with", 700);
      assertThatThrownBy(graph::replay)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("gpu:0 has failed with code 700: an illegal memory access");
      assertThat(calls()).doesNotContain("replay");
    }
  }

  @Test
  void aMissingFunctionIsNamed() throws Exception {
    Symbols old = compiled(STAND_IN.replace("CUDAGraph6replayEv", "CUDAGraph6repeatEv"));
    assertThatThrownBy(() -> new TorchCuda(old, streams, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not have the function")
        .hasMessageContaining("replay");
  }

  @Test
  void theConstructorOfLaterVersionsIsFound() throws Exception {
    symbols =
        compiled(
            STAND_IN.replace(
                "CUDAGraphC1Ev(void *graph)", "CUDAGraphC1Eb(void *graph, char keep)"));
    streams = new CudaStreams(symbols);
    library = symbols.library();
    graphs(0).capture(() -> {}).close();
    assertThat(calls()).contains("construct 0;begin 100;end 100;");
  }
}
