package explr.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The computer a run was made on.
 *
 * @param os name and version of the operating system
 * @param architecture as Java names it, such as amd64
 * @param processor its model, or the architecture where the system does not tell
 * @param cores that this process may use
 */
public record Machine(String os, String architecture, String processor, int cores) {

  private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

  /** This computer. */
  public static Machine here() {
    String architecture = System.getProperty("os.arch");
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        architecture,
        processor(architecture),
        Runtime.getRuntime().availableProcessors());
  }

  /**
   * The vector instructions of this computer's processor, by which engines choose their code:
   * architecture, vendor, names of instruction sets.
   */
  public static String instructionSet() {
    return InstructionSet.here();
  }

  private static String processor(String otherwise) {
    try {
      if (Files.isReadable(LINUX_PROCESSORS)) {
        return Files.readString(LINUX_PROCESSORS)
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(otherwise);
      }
      if (System.getProperty("os.name").startsWith("Mac")) {
        return macProcessor(otherwise);
      }
    } catch (IOException e) {
      return otherwise;
    }
    return otherwise;
  }

  private static String macProcessor(String otherwise) throws IOException {
    Process sysctl =
        new ProcessBuilder("/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string").start();
    try {
      if (!sysctl.waitFor(5, TimeUnit.SECONDS)) {
        return otherwise;
      }
      String name = new String(sysctl.getInputStream().readAllBytes(), UTF_8).strip();
      return name.isEmpty() ? otherwise : name;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    } finally {
      sysctl.destroy();
    }
  }
}
