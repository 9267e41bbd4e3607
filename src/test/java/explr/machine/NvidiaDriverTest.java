package explr.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import explr.machine.NvidiaDriver.Card;
import explr.machine.NvidiaDriver.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses stand-ins for the driver, in C, because few machines have a GPU. */
class NvidiaDriverTest {

  private static final String VERSION =
      "int cuDriverGetVersion(int *version) { *version = 12080; return 0; }\n";
  private static final String CARDS =
      """
      #include <string.h>
      int cuInit(unsigned flags) { return flags; }
      int cuDeviceGetCount(int *count) { *count = 2; return 0; }
      int cuDeviceGet(int *device, int index) { *device = 40 + index; return 0; }
      int cuDeviceGetName(char *name, int length, int device) {
        strncpy(name, device == 40 ? "Large" : "Small", length);
        return 0;
      }
      int cuDeviceGetAttribute(int *value, int attribute, int device) {
        *value = attribute == 75 ? (device == 40 ? 9 : 6) : attribute == 76 ? device - 40 : -1;
        return 0;
      }
      int cuDeviceTotalMem_v2(size_t *bytes, int device) {
        *bytes = (size_t) 80 << 30 >> (device - 40);
        return 0;
      }
      """;

  @TempDir private Path folder;

  /** The driver compiled from this source. */
  private Optional<NvidiaDriver> compiled(String source) throws IOException, InterruptedException {
    assumeTrue(
        System.getProperty("os.name").startsWith("Linux"), "NVIDIA's driver is for Linux here");
    Path file = Files.writeString(folder.resolve("driver.c"), source);
    // A separate folder each: a library of the same path would be loaded once.
    Path library = Files.createTempDirectory(folder, "driver").resolve("libcuda.so.1");
    int code;
    try {
      code =
          new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), file.toString())
              .inheritIO()
              .start()
              .waitFor();
    } catch (IOException e) {
      assumeTrue(false, "the stand-in for the driver needs a C compiler, cc: " + e.getMessage());
      return Optional.empty();
    }
    assertThat(code).isZero();
    return NvidiaDriver.of(library.toString());
  }

  @Test
  void cardsAreListedWithNameCapabilityAndMemory() throws Exception {
    NvidiaDriver driver = compiled(VERSION + CARDS).orElseThrow();
    assertThat(driver.fault()).isEmpty();
    assertThat(driver.cuda()).hasToString("12.8");
    assertThat(driver.cards())
        .containsExactly(
            new Card(0, "Large", new Version(9, 0), 80L << 30),
            new Card(1, "Small", new Version(6, 1), 40L << 30));
  }

  @Test
  void anErrorOfTheDriverIsNamedInItsOwnWords() throws Exception {
    String failing =
        """
        int cuInit(unsigned flags) { return 100; }
        int cuGetErrorString(int error, const char **text) { *text = "no device"; return 0; }
        """;
    NvidiaDriver driver = compiled(VERSION + failing).orElseThrow();
    assertThat(driver.cards()).isEmpty();
    assertThat(driver.fault()).isEqualTo("cuInit fails with error 100 (no device)");
    assertThat(driver.cuda()).hasToString("12.8");
  }

  @Test
  void aDriverWithoutAFunctionListsNoCard() throws Exception {
    NvidiaDriver driver = compiled("int cuInit(unsigned flags) { return 0; }").orElseThrow();
    assertThat(driver.cards()).isEmpty();
    assertThat(driver.fault()).contains("cuDriverGetVersion");
  }

  @Test
  void whereTheLibraryIsMissingThereIsNoDriver() {
    assertThat(NvidiaDriver.of(folder.resolve("libcuda.so.1").toString())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "580.95.05, 580.95.05",
    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 2024, 535.183.01",
    "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build, 580.65.06",
    "none, ''",
  })
  void theVersionIsReadFromTheKernelModule(String text, String version) {
    assertThat(NvidiaDriver.versionIn(text).orElse("")).isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({"9, 0, 10, 0", "8, 6, 8, 9", "8, 9, 9, 0"})
  void versionsAreOrderedByNumbersNotByText(int major, int minor, int nextMajor, int nextMinor) {
    assertThat(new Version(major, minor)).isLessThan(new Version(nextMajor, nextMinor));
  }
}
