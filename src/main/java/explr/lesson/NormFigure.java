package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.text.Numbers;
import explr.theory.Equilibrium;
import explr.theory.Trajectory;
import java.util.List;

/** Two runs, from long and from short weights, and the equilibrium angle that both approach. */
public final class NormFigure {

  /** Iterations over which an angle is averaged, because single steps are noisy. */
  private static final int STRETCH = 50;

  private NormFigure() {}

  /**
   * Draws norms and angles per step.
   *
   * @param equilibrium of both runs' setting
   * @param fromLong a run whose initial weights are longer than in equilibrium
   * @param fromShort a run whose initial weights are shorter
   */
  public static Figure of(Equilibrium equilibrium, Trajectory fromLong, Trajectory fromShort) {
    double steps = fromLong.states().size() - 1.0;
    double angle = Math.log10(equilibrium.anglePerStep());
    Line limit =
        Line.of("√(2ηλ/(1+γ))", new double[] {0, steps}, new double[] {angle, angle}, Color.GRAY)
            .dashed(Dash.DASH);
    Axis across = Axis.count("iteration");
    Panel norms =
        Panel.of(
                "Norm of the weights",
                across,
                Axis.log("|θ|"),
                List.of(
                    norm("from long weights", fromLong, Color.BLUE),
                    norm("from short weights", fromShort, Color.VERMILLION)))
            .mark(equilibrium.relaxation(), "τ");
    Panel angles =
        Panel.of(
                "Angle of one step",
                across,
                Axis.log("angle (radians)"),
                List.of(
                    angle("from long weights", fromLong, Color.BLUE),
                    angle("from short weights", fromShort, Color.VERMILLION),
                    limit))
            .mark(equilibrium.relaxation(), "τ");
    return Plot.sideBySide(
            "Norms and angles settle",
            "η = %s, λ = %s, γ = %s; angles averaged over %d iterations"
                .formatted(
                    Numbers.literal(equilibrium.learningRate(), 6),
                    Numbers.literal(equilibrium.weightDecay(), 6),
                    Numbers.literal(equilibrium.momentum(), 6),
                    STRETCH),
            List.of(norms, angles))
        .described(
            ("After %d iterations, τ being %s, the norms are %s and %s, and the angles %s and %s"
                    + " times that of the dashed line.")
                .formatted(
                    fromLong.states().size() - 1,
                    Numbers.significant(equilibrium.relaxation(), 3),
                    Numbers.significant(norms(fromLong).last(), 3),
                    Numbers.significant(norms(fromShort).last(), 3),
                    Numbers.significant(angles(fromLong).last() / equilibrium.anglePerStep(), 3),
                    Numbers.significant(angles(fromShort).last() / equilibrium.anglePerStep(), 3)),
            ("Two line charts with logarithmic axes against the iteration. Left: the norms of two"
                    + " runs, %s and %s. Right: the angles of their steps, %s and %s, and a dashed"
                    + " line at %s.")
                .formatted(
                    span(norms(fromLong)),
                    span(norms(fromShort)),
                    span(angles(fromLong)),
                    span(angles(fromShort)),
                    Numbers.significant(equilibrium.anglePerStep(), 3)))
        .figure();
  }

  private static String span(Series series) {
    return "from %s to %s"
        .formatted(Numbers.significant(series.at(0), 3), Numbers.significant(series.last(), 3));
  }

  private static Line norm(String name, Trajectory run, Color color) {
    return norms(run).logLine(name, color);
  }

  private static Line angle(String name, Trajectory run, Color color) {
    return angles(run).logLine(name, color, STRETCH);
  }

  private static Series norms(Trajectory run) {
    return Series.of(run.squaredNorms()).map(Math::sqrt);
  }

  private static Series angles(Trajectory run) {
    return Series.of(run.angles()).means(STRETCH);
  }
}
