package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.measurement.Column;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * The paper's Figure 1, with the run that it tells of and does not draw beside it.
 *
 * <p>Left: accuracy of the run at an exponential rate and of the run with weight decay. Right,
 * above: ‖w‖, ‖w‖² and the rate η of the exponential run, over as many powers of ten as they cross.
 * Right, below: ‖w‖²/η of both, which alone decides how the direction of w moves.
 */
public final class Figure1 {

  private static final String EXPONENTIAL = "exponential";
  private static final String DECAY = "weight decay";

  /** log10 of what a double holds with room for arithmetic. */
  private static final double DOUBLE_RANGE = 300;

  private Figure1() {}

  /**
   * Draws per-epoch tables; a pure function of them.
   *
   * @param exponential runs without weight decay at an exponential rate, a table per seed
   * @param decay runs with weight decay, a table per seed; a list may be empty while none has begun
   * @param weight name of the watched weight tensor w
   * @param setting the profile in short, such as "PreResNet-32, 10,000 images, 60 epochs"
   */
  public static Figure of(
      List<Table> exponential, List<Table> decay, String weight, String setting) {
    Panel accuracy = accuracy(exponential, decay);
    Panel growth = growth(exponential, weight);
    Panel quotient = quotient(exponential, decay, weight);
    return new Plot(
            "Figure 1: an exponential learning rate, and weight decay",
            setting,
            List.of(List.of(accuracy), List.of(growth.share(1.5), quotient)),
            Figure1Caption.of(exponential, decay, weight),
            "Line charts against the epoch. Left: training and test accuracy of a run at an"
                + " exponential learning rate and of a run with weight decay. Right, on logarithmic"
                + " axes: norm and squared norm of a weight tensor and the learning rate of the"
                + " exponential run; below, squared norm over learning rate of both runs.")
        .figure();
  }

  private static Panel accuracy(List<Table> exponential, List<Table> decay) {
    Function<Table, double[]> train = Drawn.percent(Column.TRAIN_ACCURACY);
    Function<Table, double[]> test = Drawn.testAccuracy();
    List<Line> curves =
        lines(
            new Drawn(EXPONENTIAL + ", train", exponential, Color.VERMILLION, Dash.DOT).line(train),
            new Drawn(EXPONENTIAL + ", test", exponential, Color.VERMILLION, Dash.SOLID).line(test),
            new Drawn(DECAY + ", train", decay, Color.BLUE, Dash.DOT).line(train),
            new Drawn(DECAY + ", test", decay, Color.BLUE, Dash.SOLID).line(test));
    return Panel.of("Accuracy", RunPanels.epochs(), RunPanels.accuracyAxis(curves, 0), curves);
  }

  private static Panel growth(List<Table> exponential, String weight) {
    Function<Table, double[]> norm = Line.column(Column.logNorm(weight).name());
    Function<Table, double[]> square =
        table -> Arrays.stream(norm.apply(table)).map(log -> 2 * log).toArray();
    List<Line> curves =
        lines(
            new Drawn("‖w‖²", exponential, Color.GREEN, Dash.SOLID).line(square),
            new Drawn("η, the rate", exponential, Color.VERMILLION, Dash.DASH)
                .line(Drawn.logRate()),
            new Drawn("‖w‖", exponential, Color.PURPLE, Dash.DOT).line(norm));
    return Panel.of(
        "Growth in the exponential run",
        RunPanels.epochs(),
        Axis.powersOfTen("‖w‖, ‖w‖², η"),
        curves);
  }

  private static Panel quotient(List<Table> exponential, List<Table> decay, String weight) {
    List<Line> curves =
        RunPanels.lines(
            List.of(
                new Drawn(EXPONENTIAL, exponential, Color.VERMILLION, Dash.SOLID),
                new Drawn(DECAY, decay, Color.BLUE, Dash.DASH)),
            logQuotient(weight));
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

  /** log10 (‖w‖²/η) of each row. */
  static Function<Table, double[]> logQuotient(String weight) {
    Function<Table, double[]> rate = Line.column(Column.logEffectiveRate(weight).name());
    return table -> Arrays.stream(rate.apply(table)).map(log -> -log).toArray();
  }
}
