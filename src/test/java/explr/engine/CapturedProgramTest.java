package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.network.PreResNet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapturedProgramTest {

  /** Graphs that are replayed by calling the computation, and say what happened. */
  private static final class Recorded implements CudaGraphs {
    final List<String> heard = new ArrayList<>();

    @Override
    public void enter() {
      // There is no stream on a CPU.
    }

    @Override
    public void run(Runnable computation) {
      computation.run();
    }

    @Override
    public Graph capture(Runnable computation) {
      heard.add("capture");
      return new Graph() {
        @Override
        public void replay() {
          heard.add("replay");
          computation.run();
        }

        @Override
        public void close() {
          heard.add("close");
        }
      };
    }
  }

  private int computed;

  @Test
  void runsOnceForEachRunAndReplaysAfterThree() {
    Recorded graphs = new Recorded();
    try (CapturedProgram program = new CapturedProgram(graphs, () -> computed++)) {
      for (int run = 1; run <= 5; run++) {
        program.run();
        assertThat(computed).isEqualTo(run);
      }
      assertThat(program.captures()).isOne();
      assertThat(program.eagerBecause()).isEmpty();
    }
    assertThat(graphs.heard).containsExactly("capture", "replay", "replay", "close");
  }

  @Test
  void anotherEpsilonIsCapturedAgain() {
    Recorded graphs = new Recorded();
    try (Network network =
        Networks.open(PreResNet.depth(8), Precision.FLOAT32, 4, 1e-5, true, Optional.of(graphs))) {
      Program program = network.program(() -> computed++);
      for (int run = 0; run < 4; run++) {
        program.run();
      }
      double[] epsilons = new double[PreResNet.depth(8).normalizations().size()];
      Arrays.fill(epsilons, 1e-3);
      network.setEpsilons(epsilons);
      program.run();
      assertThat(program.captures()).isEqualTo(2);
      assertThat(computed).isEqualTo(5);
    }
    assertThat(graphs.heard)
        .containsExactly("capture", "replay", "close", "capture", "replay", "close");
  }

  @Test
  void whatCannotBeCapturedRunsOperationByOperationAndSaysWhy() {
    CudaGraphs none = CudaGraphs.none("libtorch_cuda has no function x");
    try (CapturedProgram program = new CapturedProgram(none, () -> computed++)) {
      for (int run = 0; run < 6; run++) {
        program.run();
      }
      assertThat(program.eagerBecause()).contains("libtorch_cuda has no function x");
      assertThat(program.captures()).isZero();
      assertThat(computed).isEqualTo(6);
    }
  }

  /** cuDNN chooses its algorithms anew in each thread. */
  @Test
  void anotherThreadWarmsUpBeforeItCaptures() throws Exception {
    Recorded graphs = new Recorded();
    try (CapturedProgram program = new CapturedProgram(graphs, () -> computed++)) {
      for (int run = 0; run < 4; run++) {
        program.run();
      }
      program.recapture();
      graphs.heard.clear();
      Thread other =
          new Thread(
              () -> {
                for (int run = 0; run < 4; run++) {
                  program.run();
                }
              });
      other.start();
      other.join();
      assertThat(graphs.heard).containsExactly("capture", "replay");
      assertThat(computed).isEqualTo(8);
    }
  }

  @Test
  void aClosedProgramDoesNotRun() {
    CapturedProgram program = new CapturedProgram(new Recorded(), () -> computed++);
    program.close();
    assertThatThrownBy(program::run).hasMessageContaining("closed");
  }

  @Test
  void aLibraryIsFoundByTheNameOfItsFile() {
    LoadedLibraries loaded =
        new LoadedLibraries(
            List.of(
                "7f00-7f01 r-xp 00000000 08:01 1 /x/lib/libtorch_cuda_linalg.so",
                "7f00-7f01 r-xp 00000000 08:01 1 /x y/lib/libtorch_cuda.so",
                "7f00-7f01 rw-p 00000000 00:00 0 [heap]"));
    assertThat(loaded.path("libtorch_cuda.so")).contains(Path.of("/x y/lib/libtorch_cuda.so"));
    assertThat(loaded.path("libc10_cuda.so")).isEmpty();
    assertThatThrownBy(() -> loaded.symbols("libc10_cuda.so"))
        .hasMessageContaining("the engine has not loaded libc10_cuda.so");
  }
}
