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
 * The paper's Figure 5: Step Decay and a cosine, each with weight decay and as its TEXP without.
 *
 * <p>Left: test accuracy. Right: the rates.
 */
final class Figure5 {

  private Figure5() {}

  /** Draws the figure; a pure function of the measurements. */
  static Figure of(FigureRuns shown) {
    RunSeries ofCosine =
        RunSeries.of(shown, Curve.COSINE_TEXP, "TEXP of the cosine", Color.PURPLE, Dash.DASH);
    RunSeries steps = RunSeries.of(shown, Curve.STEP_DECAY, "Step Decay", Color.BLUE, Dash.SOLID);
    RunSeries ofSteps =
        RunSeries.of(shown, Curve.TEXP, "TEXP of Step Decay", Color.VERMILLION, Dash.DASH);
    List<RunSeries> runs =
        List.of(
            RunSeries.of(shown, Curve.COSINE, "cosine", Color.GREEN, Dash.SOLID),
            ofCosine,
            steps,
            ofSteps);
    Milestones drops = Milestones.passed(shown, Curve.STEP_DECAY, "η ÷ 10");
    String rates =
        Captions.both(ofCosine, ofSteps)
            ? "Without weight decay the rates end at %s (cosine) and %s (Step Decay)."
                .formatted(
                    Numbers.powerOfTen(ofCosine.last(RunSeries.logRate())),
                    Numbers.powerOfTen(ofSteps.last(RunSeries.logRate())))
            : "";
    return new Plot(
            "Figure 5: any schedule has its exponential twin",
            shown.setting(),
            List.of(
                List.of(drops.named(RunPanels.accuracy(runs))),
                List.of(drops.on(RunPanels.rate(runs)))),
            Captions.of(runs, Captions.accuracies(runs), rates),
            "Line charts against the epoch: test accuracy and, on a logarithmic axis, learning rate"
                + " of a cosine and of Step Decay with weight decay, and of their exponential"
                + " twins. Vertical lines stand where Step Decay divides its rate by ten.")
        .figure();
  }
}
