package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import explr.machine.GpuFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On stand-ins for NVIDIA's libraries, which a C compiler makes. */
class GpuLibrariesTest {

  /** Two cards; the second is an A100. */
  private static final String STAND_IN =
      """
      #include <stddef.h>
      #include <string.h>
      int cuInit(unsigned flags) { return flags; }
      int cuDriverGetVersion(int *version) { *version = 13000; return 0; }
      int cuDeviceGet(int *device, int index) { *device = 40 + index; return index < 2 ? 0 : 101; }
      int cuDeviceGetName(char *name, int length, int device) {
        strncpy(name, device == 41 ? "NVIDIA A100-SXM4-40GB" : "Tesla T4", length);
        return 0;
      }
      int cuDeviceGetAttribute(int *value, int attribute, int device) {
        if (attribute == 75) *value = device == 41 ? 8 : 7;
        else if (attribute == 76) *value = device == 41 ? 0 : 5;
        else return 1;
        return 0;
      }
      int cudaRuntimeGetVersion(int *version) { *version = 12060; return 0; }
      size_t cudnnGetVersion(void) { return 90501; }
      """;

  private static final Optional<String> VERSION = Optional.of("580.95.05");

  @TempDir private Path folder;

  private GpuLibraries standIn() throws IOException, InterruptedException {
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
    Symbols symbols = Symbols.of(library.toString());
    return new GpuLibraries(symbols, symbols, symbols);
  }

  @Test
  void aCardIsReadWithItsSoftware() throws Exception {
    GpuLibraries libraries = standIn();
    assertThat(libraries.read(1, VERSION))
        .isEqualTo(
            new GpuFacts(
                "NVIDIA A100-SXM4-40GB",
                new GpuFacts.Capability(8, 0),
                "580.95.05",
                "12.6",
                "9.5.1"));
    assertThat(libraries.read(0, VERSION).capability()).hasToString("7.5");
    assertThat(libraries.read(0, Optional.empty()).driver()).isEqualTo("for CUDA 13.0");
    assertThatThrownBy(() -> libraries.read(2, VERSION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cuDeviceGet")
        .hasMessageContaining("error 101")
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

  @Test
  void theDriversVersionIsInOneOfTwoFiles() throws IOException {
    Path module = folder.resolve("module");
    Path proc = folder.resolve("proc");
    assertThat(GpuLibraries.driverVersion(List.of(module, proc))).isEmpty();
    for (String line :
        List.of(
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024\n",
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  535.183.01  Release Build\n")) {
      Files.writeString(proc, line + "GCC version:  gcc version 12.2.0\n");
      assertThat(GpuLibraries.driverVersion(List.of(module, proc))).contains("535.183.01");
    }
    Files.writeString(module, "580.95.05\n");
    assertThat(GpuLibraries.driverVersion(List.of(module, proc))).contains("580.95.05");
  }
}
