package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.schedule.Recipe;
import explr.text.Numbers;
import explr.theory.GradientFlow;
import explr.theory.MomentumSgd;
import explr.theory.ScaleInvariantLoss;
import explr.theory.ToyState;
import explr.theory.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gradient flow with and without decay, which follow the same path, and discrete runs with decay,
 * which leave it.
 *
 * <p>Left: the path of directions, by the first two coordinates of θ/|θ|. Right: distance of the
 * runs from the flow with decay at the same time τ = tη, and their norms.
 */
public final class FlowFigure {

  /** Runge–Kutta steps between two drawn or compared points. */
  private static final int INNER = 8;

  private static final int POINTS = 500;

  private final ScaleInvariantLoss loss;
  private final ToyState start;
  private final double decay;
  private final double time;
  private final List<Line> paths;
  private final List<Line> distances;
  private final List<Line> norms;

  private FlowFigure(
      ScaleInvariantLoss loss,
      ToyState start,
      double decay,
      double time,
      List<Line> paths,
      List<Line> distances,
      List<Line> norms) {
    this.loss = loss;
    this.start = start;
    this.decay = decay;
    this.time = time;
    this.paths = List.copyOf(paths);
    this.distances = List.copyOf(distances);
    this.norms = List.copyOf(norms);
  }

  /**
   * The two flows.
   *
   * @param loss L
   * @param start θ(0)
   * @param decay λ &gt; 0
   * @param time of the flow with decay; the flow without decay covers the same path
   */
  public static FlowFigure of(ScaleInvariantLoss loss, ToyState start, double decay, double time) {
    Trajectory decayed = GradientFlow.path(loss, start, decay, time / POINTS, POINTS, INNER);
    Trajectory undecayed = undecayed(loss, start, decay, time);
    return new FlowFigure(
        loss,
        start,
        decay,
        time,
        List.of(
            path("no decay", undecayed, Color.GRAY),
            path("decay", decayed, Color.BLUE).dashed(Dash.DASH)),
        List.of(),
        List.of(norm("flow", decayed, time / POINTS, Color.BLUE).dashed(Dash.DASH)));
  }

  /**
   * The same figure with the discrete run of this learning rate, which this method trains.
   *
   * @throws IllegalArgumentException if no colour is left
   */
  public FlowFigure run(double learningRate) {
    Color color =
        Palette.next(distances, Color.VERMILLION, Color.GREEN, Color.PURPLE, Color.ORANGE);
    int steps = (int) Math.round(time / learningRate);
    Recipe recipe = Recipe.of(learningRate, decay, 0, steps);
    Trajectory run = new Trajectory(MomentumSgd.PAPER.run(start, t -> loss, recipe));
    int inner = Math.max(1, (int) Math.ceil(INNER * learningRate * POINTS / time));
    Trajectory flow = GradientFlow.path(loss, start, decay, learningRate, steps, inner);
    String name = "η = " + Numbers.literal(learningRate, 6);
    return new FlowFigure(
        loss,
        start,
        decay,
        time,
        and(paths, path(name, run, color)),
        and(distances, Series.of(flow.distances(run)).logLine(name, color, learningRate)),
        and(norms, norm(name, run, learningRate, color)));
  }

  /** The figure. */
  public Figure figure() {
    Axis across = Axis.linear("time τ = tη");
    return new Plot(
            "One path for the flows, none for the runs",
            "λ = %s, up to τ = %s".formatted(Numbers.literal(decay, 6), Numbers.literal(time, 6)),
            List.of(
                List.of(
                    Panel.of(
                        "Directions: flows, and runs with decay",
                        Axis.linear("first coordinate of θ/|θ|"),
                        Axis.linear("second coordinate of θ/|θ|"),
                        paths)),
                List.of(
                    Panel.of(
                        "Distance from the flow", across, Axis.powersOfTen("distance"), distances),
                    Panel.of("Norm", across, Axis.powersOfTen("|θ|"), norms))),
            "The paths of the two flows are nowhere further apart than %s."
                    .formatted(Numbers.significant(apart(paths.get(0), paths.get(1)), 3))
                + (distances.isEmpty()
                    ? ""
                    : " At the end the distance of runs from the flow is " + ends(distances) + "."),
            "Left: the paths of directions of two flows and of discrete runs. Right: on logarithmic"
                + " axes against time, the distances of the runs from the flow, and the norms, at"
                + " the end "
                + ends(norms)
                + ".")
        .figure();
  }

  /** The greatest distance of points with the same index. */
  private static double apart(Line a, Line b) {
    return IntStream.range(0, a.points().size())
        .mapToDouble(
            i ->
                Math.hypot(
                    a.points().get(i).x() - b.points().get(i).x(),
                    a.points().get(i).mean() - b.points().get(i).mean()))
        .max()
        .orElseThrow();
  }

  /** The last value of each curve; curves hold log10. */
  private static String ends(List<Line> curves) {
    return curves.stream()
        .map(
            curve ->
                Numbers.significant(
                        Math.pow(10, curve.points().get(curve.points().size() - 1).mean()), 3)
                    + " ("
                    + curve.name()
                    + ")")
        .collect(Collectors.joining(", "));
  }

  /**
   * The flow without decay, at the times at which it reaches the same directions as the flow with
   * decay.
   */
  private static Trajectory undecayed(
      ScaleInvariantLoss loss, ToyState start, double decay, double time) {
    List<ToyState> states = new ArrayList<>();
    states.add(start);
    double reached = 0;
    for (int i = 1; i <= POINTS; i++) {
      double next = GradientFlow.timeWithoutDecay(decay, time * i / POINTS);
      states.add(GradientFlow.after(loss, states.get(i - 1), 0, next - reached, INNER));
      reached = next;
    }
    return new Trajectory(states);
  }

  private static Line path(String name, Trajectory run, Color color) {
    int points = run.states().size();
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      double[] direction = run.states().get(i).direction();
      x[i] = direction[0];
      y[i] = direction[1];
    }
    return Line.of(name, x, y, color);
  }

  private static Line norm(String name, Trajectory run, double spacing, Color color) {
    return Series.of(run.squaredNorms()).map(Math::sqrt).logLine(name, color, spacing);
  }

  private static List<Line> and(List<Line> lines, Line line) {
    List<Line> more = new ArrayList<>(lines);
    more.add(line);
    return more;
  }
}
