package explr.machine;

import com.sun.jna.Memory;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's driver on this computer, as reported by its library libcuda.so.1, which every driver
 * installs and which needs no CUDA toolkit.
 *
 * @param version of the driver, such as 580.95.05; "" if unknown
 * @param cuda the newest version of CUDA that it supports; 0.0 if unknown
 * @param cards that this process may use, in CUDA's order
 * @param fault why the driver lists no cards, such as its error; "" if there was none
 */
public record NvidiaDriver(String version, Version cuda, List<Card> cards, String fault) {

  private static final String LIBRARY = "libcuda.so.1";
  private static final Pattern NUMBER = Pattern.compile("\\b\\d{3,}(\\.\\d+)+\\b");
  private static final int NAME_BYTES = 256;

  // CUdevice_attribute of cuda.h
  private static final int COMPUTE_CAPABILITY_MAJOR = 75;
  private static final int COMPUTE_CAPABILITY_MINOR = 76;

  /**
   * A version of two numbers: of CUDA, or a compute capability.
   *
   * @param major before the point
   * @param minor after it
   */
  public record Version(int major, int minor) implements Comparable<Version> {
    @Override
    public int compareTo(Version other) {
      return major == other.major
          ? Integer.compare(minor, other.minor)
          : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  /**
   * A card.
   *
   * @param index N in gpu:N
   * @param name its model
   * @param capability its compute capability, which decides which kernels it can run
   * @param memory in bytes
   */
  public record Card(int index, String name, Version capability, long memory) {}

  /** Copies the list. */
  public NvidiaDriver {
    cards = List.copyOf(cards);
  }

  /** Read once: loading and initializing the driver can take a second. */
  private static final class Here {
    static final Optional<NvidiaDriver> DRIVER = isLinux() ? of(LIBRARY) : Optional.empty();

    private static boolean isLinux() {
      return System.getProperty("os.name").startsWith("Linux");
    }
  }

  /** The driver of this computer; empty without one, and on systems other than Linux. */
  public static Optional<NvidiaDriver> here() {
    return Here.DRIVER;
  }

  /** The driver of a library, given by its name or path; empty if it cannot be loaded. */
  static Optional<NvidiaDriver> of(String library) {
    return Symbols.firstOf(List.of(library)).map(NvidiaDriver::of);
  }

  private static NvidiaDriver of(Symbols cuda) {
    Version supported = new Version(0, 0);
    List<Card> cards = new ArrayList<>();
    String fault = "";
    try {
      IntByReference number = new IntByReference();
      call(cuda, "cuDriverGetVersion", number);
      supported = new Version(number.getValue() / 1000, number.getValue() % 1000 / 10);
      call(cuda, "cuInit", 0);
      IntByReference count = new IntByReference();
      call(cuda, "cuDeviceGetCount", count);
      for (int i = 0; i < count.getValue(); i++) {
        cards.add(card(cuda, i));
      }
    } catch (IllegalStateException e) {
      cards.clear();
      fault = e.getMessage();
    }
    return new NvidiaDriver(installedVersion(), supported, cards, fault);
  }

  private static Card card(Symbols cuda, int index) {
    IntByReference device = new IntByReference();
    call(cuda, "cuDeviceGet", device, index);
    try (Memory name = new Memory(NAME_BYTES)) {
      name.clear();
      call(cuda, "cuDeviceGetName", name, NAME_BYTES, device.getValue());
      IntByReference major = new IntByReference();
      IntByReference minor = new IntByReference();
      call(cuda, "cuDeviceGetAttribute", major, COMPUTE_CAPABILITY_MAJOR, device.getValue());
      call(cuda, "cuDeviceGetAttribute", minor, COMPUTE_CAPABILITY_MINOR, device.getValue());
      NativeLongByReference memory = new NativeLongByReference();
      call(cuda, "cuDeviceTotalMem_v2", memory, device.getValue());
      return new Card(
          index,
          name.getString(0),
          new Version(major.getValue(), minor.getValue()),
          memory.getValue().longValue());
    }
  }

  private static void call(Symbols cuda, String function, Object... arguments) {
    int error = cuda.function(function).invokeInt(arguments);
    if (error != 0) {
      throw new IllegalStateException(
          function + " fails with error " + error + described(cuda, error));
    }
  }

  private static String described(Symbols cuda, int error) {
    if (!cuda.has("cuGetErrorString")) {
      return "";
    }
    PointerByReference words = new PointerByReference();
    int code = cuda.function("cuGetErrorString").invokeInt(new Object[] {error, words});
    boolean known = code == 0 && words.getValue() != null;
    return known ? " (" + words.getValue().getString(0) + ")" : "";
  }

  private static String installedVersion() {
    for (String file : List.of("/sys/module/nvidia/version", "/proc/driver/nvidia/version")) {
      try {
        Optional<String> found = versionIn(Files.readString(Path.of(file)));
        if (found.isPresent()) {
          return found.get();
        }
      } catch (IOException e) {
        // Without the kernel module, as in WSL2, there is no such file.
        continue;
      }
    }
    return "";
  }

  /** Finds the version in a file of Linux's kernel module. */
  static Optional<String> versionIn(String text) {
    Matcher number = NUMBER.matcher(text);
    return number.find() ? Optional.of(number.group()) : Optional.empty();
  }
}
