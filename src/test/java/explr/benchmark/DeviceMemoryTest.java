package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Outputs of nvidia-smi --query-compute-apps=pid,used_memory --format=csv,noheader,nounits. */
class DeviceMemoryTest {

  @Test
  void theMemoryOfAProcessIsInMebibytes() {
    assertThat(DeviceMemory.parse("4711, 1234\n47110, 5\n", 4711).getAsDouble())
        .isCloseTo(1234 * 1.048576, within(1e-9));
  }

  @Test
  void severalGpusAreAddedUp() {
    assertThat(DeviceMemory.parse("7, 100\n7, 50\n", 7).getAsDouble())
        .isCloseTo(150 * 1.048576, within(1e-9));
  }

  @Test
  void aCommandThatIsMissingOrDoesNotEndReportsNothing() {
    List<String> ends = List.of("/bin/sh", "-c", "echo '7, 100'");
    List<String> hangs = List.of("/bin/sh", "-c", "echo '7, 100'; exec sleep 60");
    assertThat(DeviceMemory.megabytes(ends, 10, 7)).hasValue(104.8576);
    assertThat(DeviceMemory.megabytes(hangs, 1, 7)).isEmpty();
    assertThat(DeviceMemory.megabytes(List.of("/no/such/command"), 10, 7)).isEmpty();
  }

  @Test
  void whatIsNotReportedIsEmpty() {
    assertThat(DeviceMemory.parse("4711, 1234\n", 47)).isEmpty();
    assertThat(DeviceMemory.parse("47, [N/A]\n", 47)).isEmpty();
    assertThat(DeviceMemory.parse("", 47)).isEmpty();
    assertThat(DeviceMemory.parse("No devices were found\n", 47)).isEmpty();
  }
}
