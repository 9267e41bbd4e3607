package explr.paper;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Figure;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.text.Numbers;
import java.util.List;

/**
 * The paper's Figure 2: Step Decay with weight decay, and its TEXP without.
 *
 * <p>Left: test accuracy. Right: the angle that the weights turn in a period, and the two rates.
 */
final class Figure2 {

  private Figure2() {}

  /** Draws the figure; a pure function of the measurements. */
  static Figure of(FigureRuns shown) {
    RunSeries decay = RunSeries.of(shown, Curve.STEP_DECAY, "Step Decay", Color.BLUE, Dash.SOLID);
    RunSeries twin = RunSeries.of(shown, Curve.TEXP, "its TEXP", Color.VERMILLION, Dash.DASH);
    List<RunSeries> runs = List.of(decay, twin);
    Milestones drops = Milestones.passed(shown, Curve.STEP_DECAY, "η ÷ 10");
    return new Plot(
            "Figure 2: Step Decay with weight decay, and the exponential rate that equals it",
            shown.setting(),
            List.of(
                List.of(drops.named(RunPanels.accuracy(runs))),
                List.of(drops.on(RunPanels.angle(runs)), drops.on(RunPanels.rate(runs)))),
            caption(decay, twin, drops),
            "Line charts against the epoch. Left: test accuracy of a run with Step Decay and weight"
                + " decay and of its exponential twin. Right, on logarithmic axes: the angle that a"
                + " weight tensor turns in a period, and the learning rate, of both. Vertical lines"
                + " stand where the rate is divided by ten.")
        .figure();
  }

  private static String caption(RunSeries decay, RunSeries twin, Milestones drops) {
    List<RunSeries> runs = List.of(decay, twin);
    String jump =
        drops.none()
            ? ""
            : "In the period after the first division of the rate (%s) Step Decay's test accuracy goes %s %%, and the angle of w (%s) %s rad."
                .formatted(
                    drops.text(),
                    Captions.across(drops, decay, RunSeries.testAccuracy(), Captions::percent),
                    decay.weight(),
                    Captions.across(drops, decay, decay.angle(), Captions::number));
    String apart =
        Captions.both(decay, twin)
            ? "The angles of the two differ by %s %% on average, while the rates end at %s and %s."
                .formatted(
                    Captions.number(Captions.anglesApart(decay, twin)),
                    Numbers.powerOfTen(decay.last(RunSeries.logRate())),
                    Numbers.powerOfTen(twin.last(RunSeries.logRate())))
            : "";
    return Captions.of(runs, Captions.accuracies(runs), jump, apart);
  }
}
