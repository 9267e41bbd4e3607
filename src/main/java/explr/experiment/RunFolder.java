package explr.experiment;

import explr.file.AtomicFile;
import explr.measurement.Manifest;
import explr.measurement.MeasurementLog;
import explr.store.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * What a run measured, for people to read and keep: a copy of what lies in the store.
 *
 * <pre>
 * manifest.json       what decides and describes the run
 * measurements.csv    a row per period
 * steps.csv           a row per step, where they were measured
 * </pre>
 *
 * @param folder which need not exist
 */
public record RunFolder(Path folder) {

  private static final String MANIFEST = "manifest.json";
  private static final String MEASUREMENTS = "measurements.csv";
  private static final String STEPS = "steps.csv";

  /**
   * What a run's folder is called: {@code texp-seed-0}.
   *
   * @param curve what drives it
   */
  public static String name(Curve curve, long seed) {
    return curve + "-seed-" + seed;
  }

  /** The manifest, if there is one. */
  public Optional<Manifest> manifest() throws IOException {
    Path file = folder.resolve(MANIFEST);
    return Files.exists(file) ? Optional.of(Manifests.read(file)) : Optional.empty();
  }

  /** The measurements, if there are any. */
  public Optional<Table> measurements() throws IOException {
    Path file = folder.resolve(MEASUREMENTS);
    return Files.exists(file) ? Optional.of(MeasurementLog.read(file)) : Optional.empty();
  }

  /**
   * Checks that the folder holds no other run. Runs that differ only in length count as the same.
   *
   * @throws IllegalStateException if it does, naming every setting that differs with both values
   */
  public void requireSame(Manifest wanted) throws IOException {
    List<String> differences =
        differences(wanted).stream()
            .map(
                difference ->
                    "  %s: wanted %s, found %s"
                        .formatted(
                            difference.key(),
                            difference.here().map(Object::toString).orElse("nothing"),
                            difference.there().map(Object::toString).orElse("nothing")))
            .toList();
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          folder
              + " holds a run with another configuration:\n"
              + String.join("\n", differences)
              + "\nGive another folder with --output, or the settings of the run that is there, or move this"
              + " folder away: it holds copies, and nothing in the store is lost with it");
    }
  }

  private List<Manifest.Difference> differences(Manifest wanted) throws IOException {
    Optional<Manifest> found = manifest();
    return found.isEmpty()
        ? List.of()
        : wanted.differences(found.get()).stream()
            .filter(difference -> !difference.key().equals("configuration.iterations"))
            .toList();
  }

  private boolean isSame(Manifest wanted) throws IOException {
    return manifest().isPresent() && differences(wanted).isEmpty();
  }

  /**
   * Writes a run, the manifest last; where more of the same run is here already, of its periods or
   * of its steps, that is left.
   *
   * @param measurements lines of a CSV file, the header first
   * @param steps the same, or none
   */
  public void write(Manifest manifest, List<String> measurements, List<String> steps)
      throws IOException {
    boolean same = isSame(manifest);
    if (!same) {
      Files.deleteIfExists(folder.resolve(STEPS));
    }
    if (!same || lines(STEPS) <= steps.size()) {
      writeUnlessEmpty(STEPS, steps);
    }
    if (!same || lines(MEASUREMENTS) <= measurements.size()) {
      writeUnlessEmpty(MEASUREMENTS, measurements);
      manifest.write(folder.resolve(MANIFEST));
    }
  }

  private long lines(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private void writeUnlessEmpty(String name, List<String> lines) throws IOException {
    if (!lines.isEmpty()) {
      AtomicFile.write(folder.resolve(name), text(lines));
    }
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
