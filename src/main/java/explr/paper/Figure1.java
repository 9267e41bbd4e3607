package explr.paper;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.measurement.Column;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * The paper's Figure 1, plus the weight-decay run that the caption mentions but the paper does not
 * plot.
 *
 * <p>Left: accuracy of the run at an exponential rate and of the run with weight decay. Upper
 * right: ‖w‖, ‖w‖² and the rate η of the exponential run. Lower right: ‖w‖²/η of both, which alone
 * decides how the direction of w moves.
 */
final class Figure1 {

  private static final String EXPONENTIAL = "exponential";
  private static final String DECAY = "weight decay";

  /** log10 of what a double holds with room for arithmetic. */
  private static final double DOUBLE_RANGE = 300;

  private Figure1() {}

  /** Draws the figure; a pure function of the measurements. */
  static Figure of(FigureRuns runs) {
    Panel accuracy = accuracy(runs);
    Panel growth = growth(runs);
    Panel quotient = quotient(runs);
    return new Plot(
            "Figure 1: an exponential learning rate, and weight decay",
            runs.setting(),
            List.of(List.of(accuracy), List.of(growth.share(1.5), quotient)),
            Figure1Caption.of(runs),
            "Line charts against the epoch. Left: training and test accuracy of a run at an"
                + " exponential learning rate and of a run with weight decay. Right, on logarithmic"
                + " axes: norm and squared norm of a weight tensor and the learning rate of the"
                + " exponential run; below, squared norm over learning rate of both runs.")
        .figure();
  }

  private static RunSeries exponential(FigureRuns runs, String name, Color color, Dash dash) {
    return RunSeries.of(runs, Curve.EXPONENTIAL, name, color, dash);
  }

  private static RunSeries decay(FigureRuns runs, String name, Dash dash) {
    return RunSeries.of(runs, Curve.WEIGHT_DECAY, name, Color.BLUE, dash);
  }

  private static Panel accuracy(FigureRuns runs) {
    Function<Table, double[]> train = RunSeries.percent(Column.TRAIN_ACCURACY);
    Function<Table, double[]> test = RunSeries.testAccuracy();
    List<Line> curves =
        lines(
            exponential(runs, EXPONENTIAL + ", train", Color.VERMILLION, Dash.DOT).line(train),
            exponential(runs, EXPONENTIAL + ", test", Color.VERMILLION, Dash.SOLID).line(test),
            decay(runs, DECAY + ", train", Dash.DOT).line(train),
            decay(runs, DECAY + ", test", Dash.SOLID).line(test));
    return Panel.of("Accuracy", RunPanels.epochs(), RunPanels.accuracyAxis(curves, 0), curves);
  }

  private static Panel growth(FigureRuns runs) {
    RunSeries square = exponential(runs, "‖w‖²", Color.GREEN, Dash.SOLID);
    RunSeries rate = exponential(runs, "η, the rate", Color.VERMILLION, Dash.DASH);
    RunSeries norm = exponential(runs, "‖w‖", Color.PURPLE, Dash.DOT);
    List<Line> curves =
        lines(
            square.line(table -> doubled(square.logNorm().apply(table))),
            rate.line(RunSeries.logRate()),
            norm.line(norm.logNorm()));
    return Panel.of(
        "Growth in the exponential run",
        RunPanels.epochs(),
        Axis.powersOfTen("‖w‖, ‖w‖², η"),
        curves);
  }

  private static double[] doubled(double[] values) {
    return Arrays.stream(values).map(value -> 2 * value).toArray();
  }

  private static Panel quotient(FigureRuns runs) {
    List<Line> curves =
        Stream.of(
                exponential(runs, EXPONENTIAL, Color.VERMILLION, Dash.SOLID),
                decay(runs, DECAY, Dash.DASH))
            .flatMap(series -> series.line(series.logQuotient()))
            .toList();
    return Panel.of(
        "Squared norm over rate, both runs", RunPanels.epochs(), quotientAxis(curves), curves);
  }

  /** Powers of ten only where a double ends; and at least a factor of 2, or noise would fill it. */
  private static Axis quotientAxis(List<Line> curves) {
    boolean beyond =
        RunPanels.span(curves, 0)
            .filter(span -> Math.max(-span.low(), span.high()) > DOUBLE_RANGE)
            .isPresent();
    return beyond
        ? Axis.powersOfTen("‖w‖²/η")
        : RunPanels.logAxis("‖w‖²/η", curves, 0, Math.log10(2));
  }

  @SafeVarargs
  private static List<Line> lines(Stream<Line>... lines) {
    return Stream.of(lines).flatMap(line -> line).toList();
  }
}
