package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.Leftovers;
import explr.measurement.Column;
import explr.measurement.MeasurementLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Stores for tests: periods that nobody trained, and copies. */
public final class StoreFixture {

  private StoreFixture() {}

  /** Makes a period done, as if it had been trained. */
  public static void finish(Store store, Lineage lineage, int period) throws IOException {
    store.start(lineage).write(lineage.identity(0), notice -> {});
    Entry entry = store.entry(lineage, period);
    entry.lock().orElseThrow().close();
    entry.writer().describe(lineage, period, notice -> {});
    entry
        .writer()
        .finish(
            MeasurementLog.text(
                    Column.perPeriod(lineage.task().watched()),
                    List.of(Map.of(Column.ITERATION, lineage.end(period))))
                .getBytes(UTF_8),
            Optional.empty());
  }

  /** Copies a store to a folder and returns the copy; replaces what the folder holds. */
  static Store copy(Store from, Path to) throws IOException {
    Leftovers.removeFolder(to);
    try (Stream<Path> files = Files.walk(from.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.folder().relativize(file)));
      }
    }
    return new Store(to);
  }

  /** Criteria that only an age decides. */
  static PruneCriteria olderThan(Duration age) {
    return new PruneCriteria(Optional.of(age), Optional.empty(), Optional.empty());
  }

  /** Criteria that only a profile decides. */
  static PruneCriteria ofProfile(String name) {
    return new PruneCriteria(Optional.empty(), Optional.of(name), Optional.empty());
  }

  /** Labels a run, as if it had been trained. */
  public static void label(
      Store store, Lineage lineage, String profile, String curve, String title, long seed)
      throws IOException {
    new LabelFile(new Label(profile, curve, title, seed), lineage.periods())
        .write(store.start(lineage));
  }
}
