package explr.equilibrium;

import explr.figure.Axis;
import explr.figure.Bars;
import explr.figure.Bars.Bar;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.statistics.Spread;
import explr.text.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Predicted and measured angles per step. */
public final class EquilibriumFigure {

  private EquilibriumFigure() {}

  /**
   * The angle of each optimizer in equilibrium: predicted in grey, measured in colour, with
   * whiskers from the lowest to the highest value over the measured weights.
   *
   * @param from the first iteration whose step counts
   */
  public static Figure angles(MeasuredAngles measured, String network, long from) {
    List<Bar> bars = new ArrayList<>();
    List<String> ratios = new ArrayList<>();
    for (Setting setting : measured.settings()) {
      double predicted = 1000 * setting.theory().anglePerStep();
      Spread angle = measured.after(setting, MeasuredAngles.Window::angle, from);
      bars.add(
          new Bar(setting.name() + ": predicted", predicted, predicted, predicted, Color.GRAY));
      bars.add(
          new Bar(
              setting.name() + ": measured",
              1000 * angle.median(),
              1000 * angle.low(),
              1000 * angle.high(),
              Color.BLUE));
      ratios.add(
          "%s %s"
              .formatted(setting.name(), Numbers.fixed(measured.overPredicted(setting, from), 2)));
    }
    return new Bars(
            "The angle per step in equilibrium",
            network + "; median and range over the convolutions that a normalisation follows",
            "angle per step (milliradians)",
            bars,
            "Measured over predicted: %s.".formatted(String.join("; ", ratios)),
            "Horizontal bars in pairs, a grey one for the predicted angle per step of each optimizer"
                + " and a blue one for the measured angle.")
        .figure();
  }

  /** How the angles approach the predicted ones. */
  public static Figure approach(MeasuredAngles measured, String network) {
    List<Line> angles = new ArrayList<>();
    Color[] colors = Color.values();
    for (Setting setting : measured.settings()) {
      double predicted = setting.theory().anglePerStep();
      List<Line.Point> points = new ArrayList<>();
      for (long iteration : measured.iterations()) {
        Spread angle = measured.at(setting, iteration);
        points.add(
            new Line.Point(
                iteration,
                Math.log10(angle.median() / predicted),
                Math.log10(angle.low() / predicted),
                Math.log10(angle.high() / predicted)));
      }
      angles.add(Line.of(setting.name(), points, 1, colors[angles.size() % colors.length]));
    }
    double[] ends = {0, measured.iterations()[measured.iterations().length - 1]};
    angles.add(Line.of("predicted", ends, new double[] {0, 0}, Color.GRAY).dashed(Dash.DASH));
    Panel panel =
        Panel.of(
                "Median over the convolutions",
                Axis.count("iteration"),
                Axis.log("angle per step over predicted"),
                angles)
            .mark(measured.settings().get(0).theory().memory(), "1/(ηλ)");
    return Plot.sideBySide("The approach to equilibrium", network, List.of(panel))
        .described(
            "Angles per step over the predicted ones. Each point is the root mean square over %d steps."
                .formatted(measured.iterations()[0]),
            "A line chart: ratios of measured to predicted angles of several optimizers against the"
                + " iteration, and a dashed line at 1.")
        .figure();
  }
}
