package explr.experiment;

import explr.measurement.Column;
import explr.measurement.Manifest;
import java.io.IOException;
import java.nio.file.Path;
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
   * A recorded run.
   *
   * @param data the name of the images it was trained on
   */
  record Recording(String data, Table measurements) {}

  /**
   * What was recorded of a run, up to the curve's last iteration: a figure may show less of a curve
   * than another.
   *
   * @return empty if nothing was, or if it was trained at other rates
   */
  Optional<Recording> of(Experiment experiment, Curve curve, long seed) throws IOException {
    Path runs = folder.resolve(experiment.profile().name()).resolve("runs");
    RunFolder run = new RunFolder(runs.resolve(curve.name() + "-seed-" + seed));
    Optional<Manifest> manifest = run.manifest();
    if (manifest.isEmpty() || !sameRates(manifest.get().configuration(), curve)) {
      return Optional.empty();
    }
    return run.measurements()
        .map(table -> upTo(table, curve.rates().iterations()))
        .map(table -> new Recording(manifest.get().data().name(), table));
  }

  /** Whoever computed it, and on whatever images. */
  private static boolean sameRates(Map<String, Object> recorded, Curve curve) {
    return curve.configuration().entrySet().stream()
        .filter(setting -> !setting.getKey().equals("iterations"))
        .allMatch(setting -> setting.getValue().equals(recorded.get(setting.getKey())));
  }

  private static Table upTo(Table table, long iterations) {
    return table.where(table.longColumn(Column.ITERATION.name()).isLessThanOrEqualTo(iterations));
  }
}
