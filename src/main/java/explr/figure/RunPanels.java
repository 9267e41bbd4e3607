package explr.figure;

import explr.measurement.Column;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import tech.tablesaw.api.Table;

/** The panels of which Figures 2 to 6 are made: one quantity of several runs against the epoch. */
final class RunPanels {

  private static final String EPOCH = Column.EPOCH.name();

  private RunPanels() {}

  /** Test accuracy in percent. */
  static Panel accuracy(List<Drawn> runs) {
    Function<Table, double[]> share = Line.column(Column.TEST_ACCURACY.name());
    List<Line> lines =
        lines(runs, table -> Arrays.stream(share.apply(table)).map(s -> 100 * s).toArray());
    return Panel.of("Test accuracy", epochs(), Axis.linear("accuracy (%)"), lines);
  }

  /** η on a logarithmic axis. */
  static Panel rate(List<Drawn> runs) {
    return Panel.of(
        "Learning rate",
        epochs(),
        Axis.powersOfTen("η"),
        lines(runs, Line.column(Column.LOG_LEARNING_RATE.name())));
  }

  /** The angle between the weights at both ends of a period, on a logarithmic axis. */
  static Panel angle(List<Drawn> runs, String weight) {
    Function<Table, double[]> angle = Line.column(Column.angle(weight).name());
    return Panel.of(
        "Angle that w turns in a period",
        epochs(),
        Axis.log("angle (rad)"),
        lines(runs, table -> log10(angle.apply(table))));
  }

  /** By how much the rate grows in an iteration, on a logarithmic axis; where it drops, a gap. */
  static Panel growth(List<Drawn> runs) {
    Function<Table, double[]> growth = Line.column(Column.GROWTH.name());
    return Panel.of(
        "Growth of the rate in an iteration",
        epochs(),
        Axis.log("η<sub>t+1</sub>/η<sub>t</sub> − 1"),
        lines(runs, table -> log10(growth.apply(table))));
  }

  private static List<Line> lines(List<Drawn> runs, Function<Table, double[]> y) {
    return runs.stream()
        .filter(run -> !run.tables().isEmpty())
        .map(run -> run.line(EPOCH, y))
        .toList();
  }

  /** NaN where there is no logarithm. */
  private static double[] log10(double[] values) {
    return DoubleStream.of(values).map(v -> v > 0 ? Math.log10(v) : Double.NaN).toArray();
  }

  private static Axis epochs() {
    return Axis.count("epoch");
  }
}
