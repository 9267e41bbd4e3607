package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.theory.Equilibrium;
import explr.theory.Trajectory;
import java.util.List;

/** Two runs from long and from short weights, and the equilibrium that both come to. */
public final class NormFigure {

  /** Iterations over which an angle is averaged: single steps are noise. */
  private static final int STRETCH = 50;

  private NormFigure() {}

  /**
   * Draws norms and angles per step.
   *
   * @param equilibrium of the setting that both runs share
   * @param fromLong a run from weights longer than in equilibrium
   * @param fromShort a run from shorter ones
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
                    Claim.text(equilibrium.learningRate()),
                    Claim.text(equilibrium.weightDecay()),
                    Claim.text(equilibrium.momentum()),
                    STRETCH),
            List.of(norms, angles))
        .described(
            "Both runs come to one norm and to the angle of the dashed line.",
            "Two line charts with logarithmic axes. Left: the norms of two runs, one falling, one"
                + " rising, meet. Right: their angles per step, one rising, one falling, meet at a"
                + " dashed line.")
        .figure();
  }

  private static Line norm(String name, Trajectory run, Color color) {
    return Series.of(run.squaredNorms()).map(Math::sqrt).logLine(name, color);
  }

  private static Line angle(String name, Trajectory run, Color color) {
    return Series.of(run.angles()).means(STRETCH).logLine(name, color, STRETCH);
  }
}
