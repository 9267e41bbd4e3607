package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * A kind of run as a figure draws it, in every one of its panels alike.
 *
 * @param name in the legend
 * @param tables per-period measurements, one table a seed; none while no run has begun
 * @param color of its lines
 * @param dash of its lines
 */
record Drawn(String name, List<Table> tables, Color color, Dash dash) {

  /** Its line in a panel; a value that was not measured leaves a gap. */
  Line line(String x, Function<Table, double[]> y) {
    return Line.across(name, tables, x, y, color).dashed(dash);
  }
}
