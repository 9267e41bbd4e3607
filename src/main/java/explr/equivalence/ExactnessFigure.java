package explr.equivalence;

import explr.equivalence.Deviation.Quantity;
import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The plots of the report of exactness. */
public final class ExactnessFigure {

  /** Smaller values, which are below the rounding of a double, are drawn here. */
  private static final double FLOOR = 1e-17;

  private ExactnessFigure() {}

  /**
   * Deviations at every step: in 64 bits, where the theorem is exact and the effect of the usual ε
   * is visible; and in 32 bits, where rounding dominates.
   */
  public static Figure lockStep(Exactness report, Quantity quantity) {
    List<Line> exact = lines(report, quantity, List.of(Arithmetic.EXACT, Arithmetic.USUAL_EPSILON));
    List<Line> rounded = lines(report, quantity, List.of(Arithmetic.ROUNDED));
    Axis axis = Axis.powersOfTen("relative deviation of the " + quantity.title());
    return Plot.sideBySide(
            "One step from equivalent states",
            "deviation of the "
                + quantity.title()
                + " from the run with weight decay, at every step",
            List.of(
                Panel.of("64 bits", Axis.count("iteration"), axis, exact),
                Panel.of("32 bits", Axis.count("iteration"), axis, rounded)))
        .described(
            "Left: the conversions deviate by rounding alone; the error caused by the usual ε grows"
                + " with the weights, and vanishes if ε follows them."
                + " Right: in 32 bits a conversion"
                + " deviates as much as a scaled copy does; a flipped bit alone changes fewer roundings,"
                + " and is visible in the steps where a ReLU changes sides.",
            "Two line charts on logarithmic axes: deviation of the "
                + quantity.title()
                + " of several runs against the iteration, in 64 and in 32 bits.")
        .figure();
  }

  private static List<Line> lines(Exactness report, Quantity quantity, List<Arithmetic> settings) {
    List<Line> lines = new ArrayList<>();
    for (Arithmetic setting : settings) {
      LockStep lockStep = report.lockSteps().get(setting);
      for (String run : lockStep.runs()) {
        if (Control.named(run).isEmpty()) {
          lines.add(steps(run, lockStep.of(run, quantity), Color.values()[lines.size()]));
        }
      }
    }
    return lines;
  }

  private static Line steps(String name, double[] values, Color color) {
    double[] x = new double[values.length];
    Arrays.setAll(x, i -> i);
    return line(name, x, values, color);
  }

  /**
   * The forms that are wrong on purpose, at every step in 64 bits, each in the quantity that it
   * changes.
   */
  public static Figure controls(Exactness report) {
    LockStep exact = report.lockSteps().get(Arithmetic.EXACT);
    List<Line> lines = new ArrayList<>();
    String twin = exact.runs().get(0);
    lines.add(steps(twin + ", direction", exact.of(twin, Quantity.DIRECTION), Color.VERMILLION));
    lines.add(steps(twin + ", buffer", exact.of(twin, Quantity.BUFFER), Color.ORANGE));
    Iterator<Color> colors = List.of(Color.BLUE, Color.GREEN, Color.PURPLE, Color.GRAY).iterator();
    report
        .controls()
        .forEach(
            control ->
                lines.add(
                    steps(
                        control.title() + ", " + control.quantity().title(),
                        exact.of(control.title(), control.quantity()),
                        colors.next())));
    return Plot.sideBySide(
            "Wrong on purpose",
            "deviation from the run with weight decay, at every step",
            List.of(
                Panel.of(
                    "64 bits",
                    Axis.count("iteration"),
                    Axis.powersOfTen("relative deviation"),
                    lines)))
        .described(
            "The equivalent run deviates only by rounding. A form that is wrong on purpose"
                + " shows in the quantity that it changes, the direction of the weights or a"
                + " buffer, as soon as the rate is above 0 and the weights have grown.",
            "A line chart on logarithmic axes: deviations of several runs against the iteration.")
        .figure();
  }

  private static Line line(String name, double[] x, double[] values, Color color) {
    double[] logs = Arrays.stream(values).map(v -> Math.log10(Math.max(FLOOR, v))).toArray();
    return Line.of(name, x, logs, color);
  }

  /** How far free runs diverge: the equivalent pair, and pairs that started one bit apart. */
  public static Figure chaos(ChaosFloor chaos) {
    return Plot.sideBySide(
            "Left to themselves",
            "distance from the run with weight decay, medians and each seed",
            List.of(
                Panel.of(
                    "Logits",
                    Axis.log("iteration"),
                    Axis.powersOfTen("relative distance of the logits"),
                    pairs(chaos, ChaosFloor.Point::logits)),
                Panel.of(
                    "Weights",
                    Axis.log("iteration"),
                    Axis.powersOfTen("angle between the weights"),
                    pairs(chaos, ChaosFloor.Point::angle))))
        .described(
            "The equivalent run diverges from the run with weight decay as a run does that started one"
                + " bit away from it: free runs cannot show more.",
            "Two line charts on logarithmic axes: distance of logits, and angle between weights, of"
                + " two kinds of pairs of runs against the iteration.")
        .figure();
  }

  private static List<Line> pairs(ChaosFloor chaos, ToDoubleFunction<ChaosFloor.Point> distance) {
    List<Line> lines = new ArrayList<>();
    lines.add(pair(chaos, ChaosFloor.TWIN, distance, Color.VERMILLION));
    lines.add(pair(chaos, ChaosFloor.BIT, distance, Color.BLUE).dashed(Dash.DASH));
    return lines;
  }

  /** The median over the seeds, with the span from the smallest to the largest. */
  private static Line pair(
      ChaosFloor chaos, String pair, ToDoubleFunction<ChaosFloor.Point> distance, Color color) {
    long[] iterations = chaos.iterations();
    double[] medians = chaos.medians(pair, distance);
    List<Line.Point> points = new ArrayList<>();
    for (int i = 0; i < iterations.length; i++) {
      long iteration = iterations[i];
      double[] all =
          chaos.points().stream()
              .filter(p -> p.pair().equals(pair) && p.iteration() == iteration)
              .mapToDouble(distance)
              .map(value -> Math.log10(Math.max(FLOOR, value)))
              .sorted()
              .toArray();
      double middle = Math.log10(Math.max(FLOOR, medians[i]));
      points.add(new Line.Point(iteration, middle, all[0], all[all.length - 1]));
    }
    return Line.of(pair, points, seeds(chaos), color);
  }

  /** The error caused by lagging statistics against the growth of the rate. */
  public static Figure statistics(StatisticsCost cost) {
    double[] growth =
        cost.points().stream().mapToDouble(point -> Math.log10(point.growth())).toArray();
    List<Line> lines =
        List.of(
            line(
                "left as they are",
                growth,
                cost.points().stream().mapToDouble(StatisticsCost.Point::left).toArray(),
                Color.VERMILLION),
            line(
                "following the weights",
                growth,
                cost.points().stream().mapToDouble(StatisticsCost.Point::corrected).toArray(),
                Color.BLUE));
    return Plot.sideBySide(
            "Running statistics of growing weights",
            "logits of test images, against the run with weight decay",
            List.of(
                Panel.of(
                    "Evaluation",
                    Axis.powersOfTen("growth of the rate in an iteration"),
                    Axis.powersOfTen("relative distance of the logits"),
                    lines)))
        .described(
            "Statistics that are left unchanged lag behind growing weights, so that a different"
                + " network is evaluated; the error increases with the growth of the rate. Rescaled with"
                + " the weights, they give the original's logits to the last digits.",
            "A line chart on logarithmic axes: distance of logits against the growth of the rate,"
                + " with running statistics left as they are and following the weights.")
        .figure();
  }

  /** Test accuracy of the three kinds of run: means over the seeds, with their span. */
  public static Figure accuracy(ChaosFloor chaos) {
    List<Line> lines =
        List.of(
            accuracy(chaos, "weight decay", ChaosFloor.Point::originalAccuracy, Color.BLUE)
                .dashed(Dash.DASH),
            accuracy(chaos, ChaosFloor.TWIN, ChaosFloor.Point::accuracy, Color.VERMILLION),
            accuracy(chaos, ChaosFloor.BIT, ChaosFloor.Point::accuracy, Color.GREEN)
                .dashed(Dash.DOT));
    return Plot.sideBySide(
            "Accuracy of free runs",
            "test accuracy, means over the seeds with their span",
            List.of(
                Panel.of("Runs", Axis.count("iteration"), Axis.linear("test accuracy (%)"), lines)))
        .described(
            "Accuracy can show no more than curves that look alike.",
            "A line chart: test accuracy of three kinds of run against the iteration.")
        .figure();
  }

  /** A pair's points, or, under any other name, those of both pairs. */
  private static Line accuracy(
      ChaosFloor chaos, String name, ToDoubleFunction<ChaosFloor.Point> accuracy, Color color) {
    boolean isPair = name.equals(ChaosFloor.TWIN) || name.equals(ChaosFloor.BIT);
    List<Line.Point> points = new ArrayList<>();
    for (long iteration : chaos.iterations()) {
      var percent =
          chaos.points().stream()
              .filter(p -> p.iteration() == iteration && (!isPair || p.pair().equals(name)))
              .mapToDouble(accuracy)
              .map(share -> 100 * share)
              .summaryStatistics();
      points.add(
          new Line.Point(iteration, percent.getAverage(), percent.getMin(), percent.getMax()));
    }
    return Line.of(name, points, seeds(chaos), color);
  }

  private static int seeds(ChaosFloor chaos) {
    return (int) chaos.points().stream().mapToLong(ChaosFloor.Point::seed).distinct().count();
  }
}
