package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.text.Numbers;
import java.util.List;

/**
 * The training errors of Section 3's three cases, and the error below which, by Theorem 3.1,
 * training with both cannot stay.
 */
public final class SeparationFigure {

  private SeparationFigure() {}

  /**
   * Draws them on a logarithmic axis.
   *
   * @param decay errors with weight decay alone, after 1, 2, … steps
   * @param normalization with normalisation alone
   * @param both with both
   * @param limit √(ηλ/2)/π
   * @param setting for the subtitle
   */
  public static Figure of(
      Series decay, Series normalization, Series both, double limit, String setting) {
    double[] ends = {0, both.length() - 1.0};
    double[] limits = {Math.log10(limit), Math.log10(limit)};
    String means =
        ("Mean error of the last third: %s with both, %s with weight decay alone, %s with"
                + " normalisation alone; the dashed line is at %s.")
            .formatted(late(both), late(decay), late(normalization), Numbers.significant(limit, 3));
    return Plot.sideBySide(
            "Weight decay, normalisation, and both",
            setting,
            List.of(
                Panel.of(
                    "Training error",
                    Axis.count("iteration"),
                    Axis.log("training error"),
                    List.of(
                        both.logLine("both", Color.VERMILLION),
                        decay.logLine("weight decay alone", Color.BLUE),
                        normalization.logLine("normalisation alone", Color.GREEN),
                        Line.of("√(ηλ/2)/π", ends, limits, Color.GRAY).dashed(Dash.DASH)))))
        .described(
            means,
            "A line chart of three training errors against the iteration, on a logarithmic axis,"
                + " with a dashed line across. "
                + means)
        .figure();
  }

  private static String late(Series errors) {
    return Numbers.significant(errors.from(errors.length() - (errors.length() + 2) / 3).mean(), 3);
  }
}
