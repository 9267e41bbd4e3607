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
   * Why this engine stands in for the ones before it, which {@link #auto} prefers: the class path
   * has no library of theirs for this platform. Empty where it has, or where there are none.
   */
  public Optional<String> standsInBecause() {
    return standsInBecause(EngineName::available, platform());
  }

  Optional<String> standsInBecause(Predicate<EngineName> available, String platform) {
    List<EngineName> preferred = List.of(values()).subList(0, ordinal());
    if (preferred.isEmpty() || preferred.stream().anyMatch(available)) {
      return Optional.empty();
    }
    String names = preferred.stream().map(e -> e.djlName).collect(Collectors.joining(" and "));
    return Optional.of(names + " has no library for " + platform);
  }

  /** Whether the class path carries this engine's native library for this platform. */
  public boolean available() {
    return library().isPresent();
  }

  /**
   * The version of the native library that the class path carries for this platform, "" if it
   * carries none. Read without starting the engine.
   */
  public String libraryVersion() {
    return library().map(properties -> properties.getProperty("version", "")).orElse("");
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
