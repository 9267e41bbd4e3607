package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.measurement.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
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
  private static final String EPOCH = Column.EPOCH.name();

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
    Function<Table, double[]> train = percent(Column.TRAIN_ACCURACY);
    Function<Table, double[]> test = percent(Column.TEST_ACCURACY);
    List<Line> curves = new ArrayList<>();
    add(curves, EXPONENTIAL + ", train", exponential, train, Color.VERMILLION, Dash.DOT);
    add(curves, EXPONENTIAL + ", test", exponential, test, Color.VERMILLION, Dash.SOLID);
    add(curves, DECAY + ", train", decay, train, Color.BLUE, Dash.DOT);
    add(curves, DECAY + ", test", decay, test, Color.BLUE, Dash.SOLID);
    return Panel.of(
        "Accuracy", epochs(), aboveTheRise(Axis.linear("accuracy (%)"), curves), curves);
  }

  private static Panel growth(List<Table> exponential, String weight) {
    Function<Table, double[]> norm = Line.column(Column.logNorm(weight).name());
    Function<Table, double[]> square =
        table -> Arrays.stream(norm.apply(table)).map(log -> 2 * log).toArray();
    Function<Table, double[]> rate = Line.column(Column.LOG_LEARNING_RATE.name());
    List<Line> curves = new ArrayList<>();
    add(curves, "‖w‖²", exponential, square, Color.GREEN, Dash.SOLID);
    add(curves, "η, the rate", exponential, rate, Color.VERMILLION, Dash.DASH);
    add(curves, "‖w‖", exponential, norm, Color.PURPLE, Dash.DOT);
    return Panel.of(
        "Growth in the exponential run", epochs(), Axis.powersOfTen("‖w‖, ‖w‖², η"), curves);
  }

  private static Panel quotient(List<Table> exponential, List<Table> decay, String weight) {
    Function<Table, double[]> quotient = logQuotient(weight);
    List<Line> curves = new ArrayList<>();
    add(curves, EXPONENTIAL, exponential, quotient, Color.VERMILLION, Dash.SOLID);
    add(curves, DECAY, decay, quotient, Color.BLUE, Dash.DASH);
    return Panel.of("Squared norm over rate, both runs", epochs(), quotientAxis(curves), curves);
  }

  /** Powers of ten only where a double ends; and at least a factor of 2, or noise would fill it. */
  private static Axis quotientAxis(List<Line> curves) {
    DoubleSummaryStatistics logs =
        all(curves, Double.NEGATIVE_INFINITY)
            .flatMap(point -> Stream.of(point.low(), point.high()))
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .summaryStatistics();
    if (logs.getCount() == 0) {
      return Axis.log("‖w‖²/η");
    }
    if (Math.max(-logs.getMin(), logs.getMax()) > DOUBLE_RANGE) {
      return Axis.powersOfTen("‖w‖²/η");
    }
    double middle = (logs.getMin() + logs.getMax()) / 2;
    double half = Math.max(Math.log10(2) / 2, 0.55 * (logs.getMax() - logs.getMin()));
    return Axis.log("‖w‖²/η").between(middle - half, middle + half);
  }

  /** log10 (‖w‖²/η) of each row. */
  static Function<Table, double[]> logQuotient(String weight) {
    Function<Table, double[]> rate = Line.column(Column.logEffectiveRate(weight).name());
    return table -> Arrays.stream(rate.apply(table)).map(log -> -log).toArray();
  }

  private static Function<Table, double[]> percent(Column column) {
    Function<Table, double[]> share = Line.column(column.name());
    return table -> Arrays.stream(share.apply(table)).map(value -> 100 * value).toArray();
  }

  private static void add(
      List<Line> curves,
      String name,
      List<Table> tables,
      Function<Table, double[]> y,
      Color color,
      Dash dash) {
    if (!tables.isEmpty()) {
      curves.add(Line.across(name, tables, EPOCH, y, color).dashed(dash));
    }
  }

  private static Axis epochs() {
    return Axis.count("epoch");
  }

  /** Leaves the first steep rise out of the view, as the paper does: what differs comes after. */
  private static Axis aboveTheRise(Axis axis, List<Line> curves) {
    double last = all(curves, Double.NEGATIVE_INFINITY).map(Line.Point::x).reduce(0.0, Math::max);
    DoubleStream lows =
        all(curves, 0.08 * last).mapToDouble(Line.Point::low).filter(Double::isFinite);
    double low = lows.min().orElse(0);
    double high =
        all(curves, Double.NEGATIVE_INFINITY)
            .mapToDouble(Line.Point::high)
            .filter(Double::isFinite)
            .max()
            .orElse(100);
    double margin = Math.max(0.5, 0.06 * (high - low));
    return axis.between(Math.max(0, low - margin), Math.min(101, high + margin));
  }

  private static Stream<Line.Point> all(List<Line> curves, double from) {
    return curves.stream().flatMap(curve -> curve.points().stream()).filter(p -> p.x() >= from);
  }
}
