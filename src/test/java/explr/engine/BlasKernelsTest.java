package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import explr.machine.Machine;
import explr.network.PreResNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlasKernelsTest {

  /**
   * Without RTLD_GLOBAL, which JNA adds otherwise: PyTorch would then multiply with this library's
   * functions, with other bits, in every later test of this process.
   */
  private static final int RTLD_LAZY = 1;

  @ParameterizedTest
  @CsvSource({
    "amd64 AuthenticAMD sse4_1 avx avx2 fma, Zen",
    "amd64 AuthenticAMD sse4_1 avx avx2 fma avx512f avx512dq avx512bw avx512vl, Zen",
    "amd64 HygonGenuine sse4_1 avx avx2 fma, Zen",
    "amd64 GenuineIntel sse4_1 avx avx2 fma, Haswell",
    "amd64 GenuineIntel sse4_1 avx avx2 fma avx512f, Haswell",
    "amd64 GenuineIntel sse4_1 avx avx2 fma avx512f avx512dq avx512bw avx512vl amx_tile, Haswell",
    "amd64 GenuineIntel sse4_1 avx,",
    "aarch64 asimd sve,",
    "amd64,"
  })
  void areNamedByWhatTheProcessorHas(String instructionSet, String kernels) {
    assertThat(BlasKernels.of(instructionSet)).isEqualTo(Optional.ofNullable(kernels));
  }

  /** Asked of the library itself, which falls back to kernels of 2008 when it is not told. */
  @Test
  void areThoseThatMxnetMultipliesWith() throws IOException {
    Optional<String> named = BlasKernels.of(Machine.instructionSet());
    assumeThat(named).isPresent();
    assumeThat(System.getenv("OPENBLAS_CORETYPE")).isNull();
    assumeThat(EngineName.MXNET.available()).isTrue();
    new Backend(EngineName.MXNET, "cpu", Precision.FLOAT64, 1)
        .open(PreResNet.of(8, 1), 1, 1e-5)
        .close();
    try (var mapped = Files.lines(Path.of("/proc/self/maps"))) {
      String library =
          mapped
              .filter(line -> line.contains("libopenblas"))
              .map(line -> line.substring(line.indexOf('/')))
              .findFirst()
              .orElseThrow();
      String kernels =
          NativeLibrary.getInstance(library, Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY))
              .getFunction("openblas_get_corename")
              .invokeString(new Object[0], false);
      assertThat(kernels).isEqualTo(named.orElseThrow());
    }
  }
}
