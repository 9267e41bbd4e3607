package explr.file;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that holds a lock or writes a file.
 *
 * @param pid its number
 * @param host the computer that it runs on; several may share a folder
 */
public record Owner(long pid, String host) {

  private static final Path LINUX_HOST = Path.of("/proc/sys/kernel/hostname");
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) on ([A-Za-z0-9._-]+)\n?");

  /** Looked up once: a name server may be asked. */
  private static final String THIS_HOST = thisHost();

  /** This process. */
  public static Owner here() {
    return new Owner(ProcessHandle.current().pid(), THIS_HOST);
  }

  /** Reads what {@link #toString} wrote; nothing if it is anything else. */
  public static Optional<Owner> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new Owner(Long.parseLong(parts.group(1)), parts.group(2)))
        : Optional.empty();
  }

  /** Whether it is this process. */
  public boolean isHere() {
    return equals(here());
  }

  /**
   * Whether the process runs on this computer, or may run on another one.
   *
   * @param wrote when it is known to have lived: a process that started later only has its number
   */
  public boolean mayLive(Instant wrote) {
    if (!host.equals(THIS_HOST)) {
      return true;
    }
    return ProcessHandle.of(pid)
        .filter(process -> process.info().startInstant().orElse(wrote).compareTo(wrote) <= 0)
        .isPresent();
  }

  /** {@code 4711 on host}. */
  @Override
  public String toString() {
    return pid + " on " + host;
  }

  private static String thisHost() {
    String name = "";
    try {
      name =
          Files.isReadable(LINUX_HOST)
              ? Files.readString(LINUX_HOST).strip()
              : InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      name = "";
    } catch (IOException unreadable) {
      name = "";
    }
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "-");
    return plain.isEmpty() ? "localhost" : plain;
  }
}
