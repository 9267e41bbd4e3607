package explr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rows of recorded runs, which were exported from a store. A row has about ten doubles in full
 * precision, so it identifies its period.
 *
 * @param all rows
 * @param last the last row of each run
 */
record RecordedRows(Set<String> all, Set<String> last) {

  private static final String MEASUREMENTS = "measurements.csv";

  /** Copies the sets. */
  RecordedRows {
    all = Set.copyOf(all);
    last = Set.copyOf(last);
  }

  /**
   * The rows of all runs in a folder and its subfolders.
   *
   * @throws IOException if there is no run, because no run of the store would then be kept
   */
  static RecordedRows of(Path folder) throws IOException {
    Set<String> all = new HashSet<>();
    Set<String> last = new HashSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(found -> found.endsWith(MEASUREMENTS)).toList()) {
          List<String> lines = Files.readAllLines(file);
          // The first is the header.
          if (lines.size() > 1) {
            all.addAll(lines.subList(1, lines.size()));
            last.add(lines.get(lines.size() - 1));
          }
        }
      }
    }
    if (last.isEmpty()) {
      throw new IOException(folder + " holds no recorded run; name the folder of recordings");
    }
    return new RecordedRows(all, last);
  }

  /** Whether a recorded run ends with the period in a folder. */
  boolean endsWith(Path period) throws IOException {
    return last.contains(row(period));
  }

  /** Whether a recorded run has the period in a folder. */
  boolean contains(Path period) throws IOException {
    return all.contains(row(period));
  }

  private static String row(Path period) throws IOException {
    Path file = period.resolve(Entry.MEASUREMENT);
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.size() < 2 ? "" : lines.get(1);
  }
}
