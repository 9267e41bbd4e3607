package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.text.Numbers;
import explr.theory.ScaleInvariantLoss;
import java.util.List;

/**
 * Lemma 1.3 in the plane. Left: weights θ and cθ, and the step −η∇L from each, perpendicular to
 * them; that from cθ is shorter by 1/c. Right: the loss along the circles through θ and cθ.
 */
public final class GradientFigure {

  private static final int POINTS = 361;

  private GradientFigure() {}

  /**
   * Draws the figure.
   *
   * @param loss of two weights
   * @param angle of θ with |θ| = 1, in radians
   * @param stretch c &gt; 0
   * @param learningRate η &gt; 0
   */
  public static Figure of(
      ScaleInvariantLoss loss, double angle, double stretch, double learningRate) {
    double reach = 1.25 * Math.max(1, stretch);
    Panel plane =
        Panel.of(
                "Weights and steps",
                Axis.linear("first weight").between(-reach, reach),
                Axis.linear("second weight").between(-reach, reach),
                List.of(
                    circle(1).dashed(Dash.DOT).unlisted(),
                    circle(stretch).dashed(Dash.DASH).unlisted(),
                    arrow("cθ", 0, 0, point(angle, stretch), Color.PURPLE),
                    arrow("θ", 0, 0, point(angle, 1), Color.BLUE),
                    step("step from θ", loss, point(angle, 1), learningRate, Color.VERMILLION),
                    step("step from cθ", loss, point(angle, stretch), learningRate, Color.ORANGE)))
            .undistorted();
    Panel along =
        Panel.of(
                "Loss along the circles",
                Axis.linear("angle of the weights (degrees)"),
                Axis.linear("loss"),
                List.of(
                    values("|θ| = 1", loss, 1, Color.BLUE),
                    values("|θ| = c", loss, stretch, Color.PURPLE).dashed(Dash.DASH)))
            .mark(Math.toDegrees(angle), "θ");
    return Plot.sideBySide(
            "A gradient that knows only directions",
            "angle %s°, c = %s, η = %s"
                .formatted(
                    Numbers.fixed(Math.toDegrees(angle), 0),
                    Numbers.literal(stretch, 6),
                    Numbers.literal(learningRate, 6)),
            List.of(plane, along))
        .described(
            "Both steps are at right angles to the weights; that from cθ is shorter by c.",
            "Left: two circles, the weights θ and cθ as arrows on one ray, and from the tip of"
                + " each a step at right angles to the ray, the one from cθ shorter. Right: the"
                + " loss against the angle; the curves for both circles coincide.")
        .figure();
  }

  private static double[] point(double angle, double norm) {
    return new double[] {norm * Math.cos(angle), norm * Math.sin(angle)};
  }

  private static Line circle(double radius) {
    double[] x = new double[POINTS];
    double[] y = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double[] point = point(2 * Math.PI * i / (POINTS - 1), radius);
      x[i] = point[0];
      y[i] = point[1];
    }
    return Line.of("|θ| = " + Numbers.literal(radius, 6), x, y, Color.GRAY);
  }

  private static Line step(
      String name, ScaleInvariantLoss loss, double[] from, double learningRate, Color color) {
    double[] gradient = loss.gradient(from);
    double[] to = {from[0] - learningRate * gradient[0], from[1] - learningRate * gradient[1]};
    return arrow(name, from[0], from[1], to, color);
  }

  /** A line with the two barbs of an arrow's head. */
  private static Line arrow(String name, double fromX, double fromY, double[] to, Color color) {
    double alongX = to[0] - fromX;
    double alongY = to[1] - fromY;
    double barb = Math.min(0.25, 0.08 / Math.max(1e-12, Math.hypot(alongX, alongY)));
    double leftX = to[0] - barb * (alongX - 0.5 * alongY);
    double leftY = to[1] - barb * (alongY + 0.5 * alongX);
    double rightX = to[0] - barb * (alongX + 0.5 * alongY);
    double rightY = to[1] - barb * (alongY - 0.5 * alongX);
    return Line.of(
        name,
        new double[] {fromX, to[0], leftX, to[0], rightX},
        new double[] {fromY, to[1], leftY, to[1], rightY},
        color);
  }

  private static Line values(String name, ScaleInvariantLoss loss, double norm, Color color) {
    double[] x = new double[POINTS];
    double[] y = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = 360.0 * i / (POINTS - 1);
      y[i] = loss.value(point(Math.toRadians(x[i]), norm));
    }
    return Line.of(name, x, y, color);
  }
}
