package explr.paper;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Figure;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;

/**
 * The paper's Figure 4: a rate with a constant exponent, and the same divided by 10 at milestones.
 *
 * <p>Left: test accuracy and angle. Right: rate and its growth in an iteration.
 */
final class Figure4 {

  private Figure4() {}

  /** Draws the figure; a pure function of the measurements. */
  static Figure of(FigureRuns shown) {
    RunSeries whole =
        RunSeries.of(shown, Curve.EXPONENTIAL, "exponential", Color.VERMILLION, Dash.SOLID);
    Milestones divisions = Milestones.passed(shown, Curve.EXPONENTIAL_DIVIDED, "η ÷ 10");
    RunSeries parted =
        RunSeries.of(
            shown, Curve.EXPONENTIAL_DIVIDED, divided(divisions, "10"), Color.PURPLE, Dash.DASH);
    List<RunSeries> runs = List.of(whole, parted);
    return new Plot(
            "Figure 4: dividing the rate without lowering the exponent",
            shown.setting(),
            List.of(
                List.of(
                    divisions.named(RunPanels.accuracy(runs)), divisions.on(RunPanels.angle(runs))),
                List.of(divisions.on(RunPanels.rate(runs)), divisions.on(RunPanels.growth(runs)))),
            caption(whole, parted, divisions),
            "Line charts against the epoch, of a run at an exponential rate and one whose rate is "
                + divided(divisions, "ten")
                + ". Left: test accuracy, and the angle that a weight tensor turns in a period."
                + " Right: learning rate, and its growth in an iteration. All but accuracy on"
                + " logarithmic axes. Vertical lines stand at the divisions.")
        .figure();
  }

  private static String divided(Milestones divisions, String byWhat) {
    return divisions.none()
        ? "not yet divided by " + byWhat
        : "divided by %s %s".formatted(byWhat, divisions.times());
  }

  private static String caption(RunSeries whole, RunSeries parted, Milestones divisions) {
    List<RunSeries> runs = List.of(whole, parted);
    String moment =
        divisions.none()
            ? ""
            : "The rate is divided (%s) and grows on as before. In the period after the first division test accuracy goes %s %% and the angle of w (%s) %s rad."
                .formatted(
                    divisions.text(),
                    Captions.across(divisions, parted, RunSeries.testAccuracy(), Captions::percent),
                    whole.weight(),
                    Captions.across(divisions, parted, parted.angle(), Captions::number));
    String end =
        divisions.none() || !Captions.both(whole, parted)
            ? ""
            : "In the end the angles are %s (exponential) and %s (divided)."
                .formatted(
                    Captions.number(whole.last(whole.angle())),
                    Captions.number(parted.last(parted.angle())));
    return Captions.of(runs, Captions.lateAccuracies(runs), moment, end);
  }
}
