package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.measurement.Column;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
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

  /** Copies the list. */
  Drawn {
    tables = List.copyOf(tables);
  }

  /** Its line against the epoch, none while no run has begun; a missing value leaves a gap. */
  Stream<Line> line(Function<Table, double[]> y) {
    return tables.isEmpty()
        ? Stream.empty()
        : Stream.of(Line.across(name, tables, Column.EPOCH.name(), y, color).dashed(dash));
  }

  /** The runs of which something is measured. */
  List<Table> measured() {
    return tables.stream().filter(table -> !table.isEmpty()).toList();
  }

  /** The mean over the seeds of a number that each of their tables has; NaN without any. */
  double mean(ToDoubleFunction<Table> of) {
    return measured().stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  /** The mean over the seeds of a value of a row, counted from 0; NaN where none got so far. */
  double at(int row, Function<Table, double[]> values) {
    return measured().stream()
        .filter(table -> row < table.rowCount())
        .mapToDouble(table -> values.apply(table)[row])
        .average()
        .orElse(Double.NaN);
  }

  /** The mean over the seeds of a value of the last row; NaN without any. */
  double last(Function<Table, double[]> values) {
    return mean(table -> values.apply(table)[table.rowCount() - 1]);
  }

  /** Test accuracy in percent. */
  static Function<Table, double[]> testAccuracy() {
    return percent(Column.TEST_ACCURACY);
  }

  /** A column of shares, in percent. */
  static Function<Table, double[]> percent(Column column) {
    Function<Table, double[]> share = Line.column(column.name());
    return table -> Arrays.stream(share.apply(table)).map(value -> 100 * value).toArray();
  }

  /** log10 η. */
  static Function<Table, double[]> logRate() {
    return Line.column(Column.LOG_LEARNING_RATE.name());
  }

  /** By which part the rate grows in an iteration. */
  static Function<Table, double[]> growth() {
    return Line.column(Column.GROWTH.name());
  }

  /** The angle that w turns in a period, in radians. */
  static Function<Table, double[]> angle(String weight) {
    return Line.column(Column.angle(weight).name());
  }
}
