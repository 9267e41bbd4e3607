package explr.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The vector instructions of a processor: libraries choose their code by them, and with it the last
 * bits of what they compute.
 */
final class InstructionSet {

  private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

  /** What libraries for linear algebra are known to choose by. */
  private static final List<String> DECIDING =
      List.of(
          "sse4_1",
          "avx",
          "avx2",
          "fma",
          "avx_vnni",
          "avx512f",
          "avx512dq",
          "avx512bw",
          "avx512vl",
          "avx512_vnni",
          "avx512_bf16",
          "avx512_fp16",
          "amx_tile",
          "asimd",
          "asimdhp",
          "asimddp",
          "sve",
          "sve2",
          "bf16",
          "i8mm");

  private InstructionSet() {}

  /** Architecture, vendor and instructions, such as {@code amd64 AuthenticAMD avx avx2 …}. */
  static String here() {
    String architecture = System.getProperty("os.arch");
    try {
      if (Files.isReadable(LINUX_PROCESSORS)) {
        return (architecture + " " + of(Files.readString(LINUX_PROCESSORS))).strip();
      }
    } catch (IOException unreadable) {
      return architecture;
    }
    // On other systems, the model of the processor identifies them.
    return architecture + " " + Machine.here().processor();
  }

  /** The same from the text of Linux's {@code /proc/cpuinfo}. */
  static String of(String processors) {
    Set<String> flags = new TreeSet<>();
    flags.addAll(List.of(field(processors, "flags").split(" ")));
    flags.addAll(List.of(field(processors, "Features").split(" ")));
    String vendor = field(processors, "vendor_id");
    String instructions = String.join(" ", DECIDING.stream().filter(flags::contains).toList());
    return (vendor + " " + instructions).strip();
  }

  private static String field(String processors, String name) {
    return processors
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }
}
