package explr.paper;

import explr.figure.Axis;
import explr.figure.Axis.Range;
import explr.figure.Line;
import explr.figure.Panel;
import explr.measurement.Column;
import explr.text.Numbers;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/** The panels of the paper's figures: one quantity of several runs against the epoch. */
final class RunPanels {

  /** Fractions of a run: in which accuracy rises steeply, and in which the first steps settle. */
  private static final double RISE = 0.08;

  private static final double START = 0.02;

  /** Fractions of an axis left free at its ends, and above for the names of marks. */
  private static final double MARGIN = 0.06;

  private static final double HEADROOM = 0.14;

  private RunPanels() {}

  /** Test accuracy in percent, with room above for marks. */
  static Panel accuracy(List<RunSeries> runs) {
    List<Line> lines = lines(runs, RunSeries.testAccuracy());
    return Panel.of("Test accuracy", epochs(), accuracyAxis(lines, HEADROOM), lines);
  }

  /** η on a logarithmic axis. */
  static Panel rate(List<RunSeries> runs) {
    List<Line> lines = lines(runs, RunSeries.logRate());
    return Panel.of("Learning rate", epochs(), Axis.powersOfTen("η"), lines);
  }

  /** The angle between the weights at both ends of a period, on a logarithmic axis. */
  static Panel angle(List<RunSeries> runs) {
    List<Line> lines =
        runs.stream().flatMap(run -> run.line(table -> log10(run.angle().apply(table)))).toList();
    return Panel.of(
        "Angle that w turns in " + period(runs),
        epochs(),
        logAxis("angle (rad)", lines, START, 1),
        lines);
  }

  /** The growth of the rate in an iteration, on a logarithmic axis, with gaps where it drops. */
  static Panel growth(List<RunSeries> runs) {
    Function<Table, double[]> growth = RunSeries.growth();
    List<Line> lines = lines(runs, table -> log10(growth.apply(table)));
    return Panel.of(
        "Growth of the rate in an iteration",
        epochs(),
        logAxis("η<sub>t+1</sub>/η<sub>t</sub> − 1", lines, START, 1),
        lines);
  }

  /** A line for each curve that has begun. */
  static List<Line> lines(List<RunSeries> runs, Function<Table, double[]> y) {
    return runs.stream().flatMap(run -> run.line(y)).toList();
  }

  /** The horizontal axis. */
  static Axis epochs() {
    return Axis.count("epoch");
  }

  /**
   * An axis of accuracies that leaves out the first steep rise, as the paper does; runs differ
   * after it.
   *
   * @param headroom fraction of the axis to leave free above
   */
  static Axis accuracyAxis(List<Line> lines, double headroom) {
    Axis axis = Axis.linear("accuracy (%)");
    double low = values(lines, RISE).min().orElse(0);
    double high = values(lines, 0).max().orElse(100);
    double margin = Math.max(0.5, MARGIN * (high - low));
    double above = Math.max(margin, headroom * (high - low));
    return axis.between(
        Math.max(0, low - margin), headroom > MARGIN ? high + above : Math.min(101, high + above));
  }

  /**
   * A logarithmic axis over the lines.
   *
   * @param from fraction of a run before which values may lie outside the axis
   * @param decades the least span, so that noise does not fill the axis
   */
  static Axis logAxis(String title, List<Line> lines, double from, double decades) {
    Axis axis = Axis.log(title);
    return span(lines, from)
        .map(
            span -> {
              double middle = (span.low() + span.high()) / 2;
              double half = Math.max(decades / 2, 0.55 * (span.high() - span.low()));
              return axis.between(middle - half, middle + half);
            })
        .orElse(axis);
  }

  /** From the smallest to the largest value after a fraction of the run; empty without values. */
  static Optional<Range> span(List<Line> lines, double part) {
    DoubleSummaryStatistics all = values(lines, part).summaryStatistics();
    // A range of a single value would have no width.
    return all.getCount() == 0
        ? Optional.empty()
        : Optional.of(new Range(all.getMin(), Math.max(all.getMax(), Math.nextUp(all.getMin()))));
  }

  private static DoubleStream values(List<Line> lines, double part) {
    double last = points(lines).mapToDouble(Line.Point::x).max().orElse(0);
    return points(lines)
        .filter(point -> point.x() >= part * last)
        .flatMapToDouble(point -> DoubleStream.of(point.low(), point.high()))
        .filter(Double::isFinite);
  }

  private static Stream<Line.Point> points(List<Line> lines) {
    return lines.stream().flatMap(line -> line.points().stream());
  }

  /** The length of a period in words; it equals the epoch of the first row. */
  static String period(List<RunSeries> runs) {
    double length =
        runs.stream()
            .flatMap(run -> run.measured().stream())
            .mapToDouble(table -> table.numberColumn(Column.EPOCH.name()).getDouble(0))
            .findFirst()
            .orElse(1);
    return duration(length);
  }

  /** "an epoch", "0.1 epochs". */
  static String duration(double epochs) {
    return epochs == 1 ? "an epoch" : epoch(epochs) + " epochs";
  }

  /** An epoch as the axis writes it: 80, 1000, 2.5. */
  static String epoch(double epoch) {
    return Numbers.rounded(epoch, 6);
  }

  /** log10, or NaN, a gap, where a value is not positive. */
  static double[] log10(double[] values) {
    return DoubleStream.of(values).map(v -> v > 0 ? Math.log10(v) : Double.NaN).toArray();
  }
}
