package explr.experiment;

import explr.measurement.Column;
import explr.measurement.Manifest;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * The measurements of a run, complete or so far.
 *
 * @param measurements a row for each period
 * @param data the images it was trained on
 * @param recorded whether it was trained elsewhere
 */
public record KnownRun(Table measurements, Manifest.Data data, boolean recorded) {

  /** Whether it reaches an iteration. */
  boolean reaches(long iteration) {
    LongColumn iterations = measurements.longColumn(Column.ITERATION.name());
    return !iterations.isEmpty() && iterations.get(iterations.size() - 1) >= iteration;
  }

  /** The rows of a table up to an iteration, with a name for readers. */
  static Table upTo(Table table, long iterations, Curve curve, long seed) {
    return table
        .where(table.longColumn(Column.ITERATION.name()).isLessThanOrEqualTo(iterations))
        .setName(curve.title() + ", seed " + seed);
  }
}
