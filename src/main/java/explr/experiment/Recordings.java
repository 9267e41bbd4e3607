package explr.experiment;

import explr.measurement.Column;
import explr.measurement.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * Results of runs that were trained elsewhere, kept beside the notebooks: for each profile a folder
 * whose {@code runs} hold a {@link RunFolder} for each curve and seed, as {@code
 * environment/reproduce} writes them.
 *
 * @param folder which need not exist
 */
record Recordings(Path folder) {

  /**
   * What was recorded of a run, up to the curve's last iteration: a figure may show less of a curve
   * than another.
   *
   * @return empty if nothing was, or if the profile's sizes or the curve's rates were others then
   */
  Optional<KnownRun> of(Experiment experiment, Curve curve, long seed) throws IOException {
    Path runs = folder.resolve(experiment.profile().name()).resolve("runs");
    RunFolder run = new RunFolder(runs.resolve(RunFolder.name(curve.name(), seed)));
    Optional<Manifest> manifest = run.manifest();
    if (manifest.isEmpty() || !same(manifest.get().configuration(), experiment.profile(), curve)) {
      return Optional.empty();
    }
    return run.measurements()
        .map(table -> upTo(table, curve.rates().iterations()))
        .map(table -> Results.named(table, curve, seed))
        .map(table -> new KnownRun(table, manifest.get().data(), true));
  }

  /** Whoever computed it, and on whatever images: profiles may share a name and nothing else. */
  private static boolean same(Map<String, Object> recorded, Profile profile, Curve curve) {
    Map<String, Object> wanted = new HashMap<>(profile.configuration());
    wanted.putAll(curve.configuration());
    wanted.remove("iterations");
    return wanted.entrySet().stream()
        .allMatch(setting -> setting.getValue().equals(recorded.get(setting.getKey())));
  }

  private static Table upTo(Table table, long iterations) {
    return table.where(table.longColumn(Column.ITERATION.name()).isLessThanOrEqualTo(iterations));
  }
}
