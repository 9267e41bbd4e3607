package explr.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** The memory that a process holds on NVIDIA's GPUs, as {@code nvidia-smi} reports it. */
final class DeviceMemory {

  private static final List<String> COMMAND =
      List.of(
          "nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits");

  private static final int SECONDS = 10;
  private static final double MEBIBYTE = 1 << 20;

  private DeviceMemory() {}

  /**
   * The memory of a process in 10⁶ bytes, on all GPUs together; empty where {@code nvidia-smi} is
   * missing or does not see the process, as in a container with its own process ids.
   */
  static OptionalDouble megabytes(long process) {
    return megabytes(COMMAND, SECONDS, process);
  }

  /**
   * The memory of a process in 10⁶ bytes, as a command prints it; empty if the command cannot be
   * run or does not end in time.
   */
  static OptionalDouble megabytes(List<String> command, int seconds, long process) {
    try {
      Process query =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      query.getOutputStream().close();
      // A line per process that computes on the GPU: the pipe holds them until they are read.
      if (!query.waitFor(seconds, TimeUnit.SECONDS)) {
        query.destroyForcibly();
        return OptionalDouble.empty();
      }
      return parse(new String(query.getInputStream().readAllBytes(), UTF_8), process);
    } catch (IOException notInstalled) {
      return OptionalDouble.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalDouble.empty();
    }
  }

  /**
   * The memory of a process in 10⁶ bytes.
   *
   * @param output lines of process id and memory in MiB, such as {@code 4711, 1234}; a driver that
   *     does not know the memory writes {@code [N/A]}
   */
  static OptionalDouble parse(String output, long process) {
    double[] known =
        output
            .lines()
            .map(line -> line.split(",", -1))
            .filter(fields -> fields.length == 2)
            .filter(fields -> fields[0].strip().equals(Long.toString(process)))
            .map(fields -> fields[1].strip())
            .filter(memory -> memory.matches("\\d+"))
            .mapToDouble(memory -> Double.parseDouble(memory) * MEBIBYTE / 1e6)
            .toArray();
    return known.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Arrays.stream(known).sum());
  }
}
