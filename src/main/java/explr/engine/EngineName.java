package explr.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The engines that networks run on. */
public enum EngineName {
  /** Apache MXNet: the default, and the faster one on a CPU; x86-64 only. */
  MXNET("MXNet", "mxnet"),
  /** PyTorch's C++ library: for arm64 and for GPUs that MXNet does not reach. */
  PYTORCH("PyTorch", "pytorch");

  private final String djlName;
  private final String resource;

  EngineName(String djlName, String resource) {
    this.djlName = djlName;
    this.resource = resource;
  }

  /** The name that DJL and people use. */
  public String displayName() {
    return djlName;
  }

  /**
   * The engine for this machine: MXNet where its native library is on the class path, else PyTorch.
   */
  public static EngineName auto() {
    return auto(EngineName::available);
  }

  static EngineName auto(Predicate<EngineName> available) {
    return Arrays.stream(values()).filter(available).findFirst().orElseThrow(EngineName::none);
  }

  private static IllegalStateException none() {
    return new IllegalStateException(
        "neither MXNet nor PyTorch has a native library for %s on %s on the class path; add one of DJL's native artefacts for this platform"
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
  }

  /**
   * Why this engine stands in for the ones before it, which {@link #auto} prefers: they have no
   * library for this platform, or none for a GPU. Empty where they have, or where there are none.
   *
   * @param device {@code cpu} or {@code gpu:N}
   */
  public Optional<String> standsInBecause(String device) {
    return device.equals("cpu")
        ? standsInBecause(EngineName::available, platform())
        : standsInBecause(EngineName::namedByUser, "GPUs here");
  }

  Optional<String> standsInBecause(Predicate<EngineName> available, String platform) {
    List<EngineName> preferred = List.of(values()).subList(0, ordinal());
    if (preferred.isEmpty() || preferred.stream().anyMatch(available)) {
      return Optional.empty();
    }
    String names = preferred.stream().map(e -> e.djlName).collect(Collectors.joining(" and "));
    return Optional.of(names + " has no library for " + platform);
  }

  /**
   * Whether this engine has a native library for this platform: on the class path or, PyTorch, a
   * libtorch that the variable PYTORCH_LIBRARY_PATH names.
   */
  public boolean available() {
    return libtorch().isPresent() || library().isPresent();
  }

  /**
   * The version of the native library that this engine loads, "" if it has none. Read without
   * starting the engine.
   */
  public String libraryVersion() {
    return libtorch()
        .map(LibTorch::version)
        .or(() -> library().map(properties -> properties.getProperty("version", "")))
        .orElse("");
  }

  private Optional<LibTorch> libtorch() {
    return this == PYTORCH ? LibTorch.chosen() : Optional.empty();
  }

  /** Whether a variable of DJL names a native library of the user's own for this engine. */
  boolean namedByUser() {
    String folder = LibTorch.variable(resource.toUpperCase(Locale.ROOT) + "_LIBRARY_PATH");
    return folder != null && !folder.isBlank();
  }

  private Optional<Properties> library() {
    try {
      Enumeration<URL> found =
          EngineName.class.getClassLoader().getResources("native/lib/" + resource + ".properties");
      while (found.hasMoreElements()) {
        Properties properties = new Properties();
        try (InputStream in = found.nextElement().openStream()) {
          properties.load(in);
        }
        if (properties.getProperty("classifier", "").endsWith(platform())) {
          return Optional.of(properties);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class path", e);
    }
  }

  /** The engine of a name as a user writes it: auto, mxnet or pytorch. */
  public static EngineName parse(String name) {
    if (name.equalsIgnoreCase("auto")) {
      return auto();
    }
    return Arrays.stream(values())
        .filter(engine -> engine.djlName.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown engine '" + name + "'; choose auto, mxnet or pytorch"));
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch =
        System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
    return (os.startsWith("mac") ? "osx" : os.startsWith("win") ? "win" : "linux") + "-" + arch;
  }
}
