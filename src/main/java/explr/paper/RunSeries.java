package explr.paper;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Line;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.figure.TableLines;
import explr.measurement.Column;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * The runs of one curve as a figure draws them, in the same colour and dash in all of its panels.
 *
 * @param name in the legend
 * @param tables measurements a period, one table a seed; none while no run has begun
 * @param weight name of the weight w whose norm and angle are drawn
 * @param color of its lines
 * @param dash of its lines
 */
record RunSeries(String name, List<Table> tables, String weight, Color color, Dash dash) {

  /** Copies the list. */
  RunSeries {
    tables = List.copyOf(tables);
  }

  /** The runs of a curve. */
  static RunSeries of(FigureRuns runs, Curve curve, String name, Color color, Dash dash) {
    return new RunSeries(name, runs.of(curve), runs.weight(), color, dash);
  }

  /** Its line against the epoch, none while no run has begun; a missing value leaves a gap. */
  Stream<Line> line(Function<Table, double[]> y) {
    return tables.isEmpty()
        ? Stream.empty()
        : Stream.of(TableLines.across(name, tables, Column.EPOCH.name(), y, color).dashed(dash));
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
    Function<Table, double[]> share = TableLines.column(column.name());
    return table -> Arrays.stream(share.apply(table)).map(value -> 100 * value).toArray();
  }

  /** log10 η. */
  static Function<Table, double[]> logRate() {
    return TableLines.column(Column.LOG_LEARNING_RATE.name());
  }

  /** By which part the rate grows in an iteration. */
  static Function<Table, double[]> growth() {
    return TableLines.column(Column.GROWTH.name());
  }

  /** log10 ‖w‖. */
  Function<Table, double[]> logNorm() {
    return TableLines.column(Column.logNorm(weight).name());
  }

  /** log10 (‖w‖²/η). */
  Function<Table, double[]> logQuotient() {
    Function<Table, double[]> rate = TableLines.column(Column.logEffectiveRate(weight).name());
    return table -> Arrays.stream(rate.apply(table)).map(log -> -log).toArray();
  }

  /** The angle that w turns in a period, in radians. */
  Function<Table, double[]> angle() {
    return TableLines.column(Column.angle(weight).name());
  }
}
