package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import explr.machine.GpuFacts;
import explr.machine.NvidiaDriver;
import explr.machine.Symbols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On stand-ins for NVIDIA's libraries, which a C compiler makes. */
class GpuLibrariesTest {

  private static final String STAND_IN =
      """
      #include <stddef.h>
      int cudaRuntimeGetVersion(int *version) { *version = 12060; return 0; }
      size_t cudnnGetVersion(void) { return 90501; }
      """;

  private static final List<NvidiaDriver.Card> CARDS =
      List.of(
          new NvidiaDriver.Card(0, "Tesla T4", new NvidiaDriver.Version(7, 5), 16L << 30),
          new NvidiaDriver.Card(
              1, "NVIDIA A100-SXM4-40GB", new NvidiaDriver.Version(8, 0), 40L << 30));

  private static NvidiaDriver driver(String version) {
    return new NvidiaDriver(version, new NvidiaDriver.Version(13, 0), CARDS, "");
  }

  @TempDir private Path folder;

  private Symbols standIn() throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("stand-in.c"), STAND_IN);
    Path library = folder.resolve("libstandin.so");
    List<String> command =
        List.of("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString());
    int code;
    try {
      code = new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException noCompiler) {
      assumeTrue(false, "no C compiler (cc) makes the stand-in for NVIDIA's libraries");
      throw noCompiler;
    }
    assertThat(code).isZero();
    return Symbols.of(library.toString());
  }

  @Test
  void aCardIsReadWithItsSoftware() throws Exception {
    Symbols symbols = standIn();
    GpuLibraries libraries = new GpuLibraries(driver("580.95.05"), symbols, symbols);
    assertThat(libraries.read(1))
        .isEqualTo(
            new GpuFacts(
                "NVIDIA A100-SXM4-40GB",
                new NvidiaDriver.Version(8, 0),
                "580.95.05",
                "12.6",
                "9.5.1"));
    assertThat(libraries.read(0).capability()).hasToString("7.5");
    assertThat(new GpuLibraries(driver(""), symbols, symbols).read(0).driver())
        .isEqualTo("for CUDA 13.0");
    assertThatThrownBy(() -> libraries.read(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 cards")
        .hasMessageContaining("gpu:2")
        .hasMessageContaining("choose --device cpu");
  }

  @ParameterizedTest
  @CsvSource({"11020, 11.2", "12060, 12.6", "12080, 12.8", "13000, 13.0"})
  void aVersionOfCudaIsDecoded(int encoded, String version) {
    assertThat(GpuLibraries.cudaVersion(encoded)).isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({"8101, 8.1.1", "8902, 8.9.2", "90100, 9.1.0", "90501, 9.5.1", "91002, 9.10.2"})
  void aVersionOfCudnnIsDecoded(long encoded, String version) {
    assertThat(GpuLibraries.cudnnVersion(encoded)).isEqualTo(version);
  }
}
