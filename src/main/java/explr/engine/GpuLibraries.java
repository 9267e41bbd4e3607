package explr.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.ptr.IntByReference;
import explr.machine.GpuFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@link GpuFacts} from NVIDIA's libraries; loads them, but no engine.
 *
 * @param driver libcuda
 * @param cudart the CUDA runtime
 * @param cudnn cuDNN
 */
record GpuLibraries(Symbols driver, Symbols cudart, Symbols cudnn) {

  private static final List<String> DRIVER = List.of("libcuda.so.1");
  private static final List<String> CUDART = List.of("cudart", "libcudart.so.12");
  private static final List<String> CUDNN = List.of("libcudnn.so.9", "libcudnn.so.8");

  /** The kernel module says its version in the first; a container may have only the second. */
  private static final List<Path> DRIVER_VERSION =
      List.of(Path.of("/sys/module/nvidia/version"), Path.of("/proc/driver/nvidia/version"));

  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");

  private static final int NAME_BYTES = 256;

  /** CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR; the minor one's number follows. */
  private static final int CAPABILITY_MAJOR = 75;

  private static final int CAPABILITY_MINOR = 76;

  private static final Map<Integer, GpuFacts> KNOWN = new ConcurrentHashMap<>();

  /**
   * The facts of a card, read once in a process.
   *
   * @param index of the card, from 0
   * @throws IllegalStateException if the driver, the card or a library is missing
   */
  static GpuFacts facts(int index) {
    return KNOWN.computeIfAbsent(index, card -> here().read(card, driverVersion(DRIVER_VERSION)));
  }

  private static GpuLibraries here() {
    return new GpuLibraries(
        library("NVIDIA's driver", DRIVER),
        library("the CUDA runtime", CUDART),
        library("cuDNN", CUDNN));
  }

  private static Symbols library(String what, List<String> names) {
    return Symbols.firstOf(names)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a GPU needs %s, but %s cannot be loaded; add its folder to LD_LIBRARY_PATH, or choose --device cpu"
                        .formatted(what, String.join(" or ", names))));
  }

  /**
   * The facts of a card.
   *
   * @param driverVersion as the kernel module says it; where it is not visible, as in WSL2, the
   *     version of CUDA that the driver is made for takes its place
   */
  GpuFacts read(int index, Optional<String> driverVersion) {
    IntByReference value = new IntByReference();
    call(driver, "cuInit", 0);
    call(driver, "cuDriverGetVersion", value);
    String driverFor = "for CUDA " + cudaVersion(value.getValue());
    call(driver, "cuDeviceGet", value, index);
    int device = value.getValue();
    byte[] name = new byte[NAME_BYTES];
    call(driver, "cuDeviceGetName", name, name.length, device);
    call(driver, "cuDeviceGetAttribute", value, CAPABILITY_MAJOR, device);
    int major = value.getValue();
    call(driver, "cuDeviceGetAttribute", value, CAPABILITY_MINOR, device);
    int minor = value.getValue();
    call(cudart, "cudaRuntimeGetVersion", value);
    long cudnnVersion = cudnn.function("cudnnGetVersion").invokeLong(new Object[0]);
    return new GpuFacts(
        text(name),
        new GpuFacts.Capability(major, minor),
        driverVersion.orElse(driverFor),
        cudaVersion(value.getValue()),
        cudnnVersion(cudnnVersion));
  }

  private static void call(Symbols library, String function, Object... arguments) {
    int error = library.function(function).invokeInt(arguments);
    if (error != 0) {
      throw new IllegalStateException(
          "the GPU cannot be used: %s of %s returned error %d; choose --device cpu"
              .formatted(function, library.name(), error));
    }
  }

  private static String text(byte[] terminated) {
    int length = 0;
    while (length < terminated.length && terminated[length] != 0) {
      length++;
    }
    return new String(terminated, 0, length, UTF_8);
  }

  /** As CUDA encodes it: 1000 major + 10 minor. */
  static String cudaVersion(int encoded) {
    return encoded / 1000 + "." + encoded % 1000 / 10;
  }

  /** As cuDNN encodes it: 10000 major + 100 minor + patch, before version 9 1000 major. */
  static String cudnnVersion(long encoded) {
    long unit = encoded < 10_000 ? 1000 : 10_000;
    return encoded / unit + "." + encoded % unit / 100 + "." + encoded % 100;
  }

  /** The driver's version, from the first of these files that names one. */
  static Optional<String> driverVersion(List<Path> files) {
    return files.stream().flatMap(file -> version(file).stream()).findFirst();
  }

  private static Optional<String> version(Path file) {
    try {
      Matcher version = VERSION.matcher(Files.readString(file));
      return version.find() ? Optional.of(version.group()) : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }
}
