package explr.paper;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Figure;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;

/**
 * The paper's Figure 6: a constant rate whose weight decay falls phase by phase, and TEXP−−, which
 * equals it.
 *
 * <p>Left: test accuracy. Right: the angle that the weights turn in a period.
 */
final class Figure6 {

  private Figure6() {}

  /** Draws the figure; a pure function of the measurements. */
  static Figure of(FigureRuns shown) {
    RunSeries decaying =
        RunSeries.of(shown, Curve.DECAY_PER_PHASE, "falling weight decay", Color.BLUE, Dash.SOLID);
    RunSeries smooth =
        RunSeries.of(shown, Curve.TEXP_MINUS_MINUS, "TEXP−−", Color.GREEN, Dash.DASH);
    List<RunSeries> runs = List.of(decaying, smooth);
    Milestones phases = Milestones.passed(shown, Curve.TEXP_MINUS_MINUS, "λ ÷ 10");
    String apart =
        Captions.both(decaying, smooth)
            ? "The angles of the two (w: %s) end at %s and %s rad and differ by %s %% on average."
                .formatted(
                    decaying.weight(),
                    Captions.number(decaying.last(decaying.angle())),
                    Captions.number(smooth.last(smooth.angle())),
                    Captions.number(Captions.anglesApart(decaying, smooth)))
            : "";
    return new Plot(
            "Figure 6: weight decay as the exponent of a rate",
            shown.setting(),
            List.of(
                List.of(phases.named(RunPanels.accuracy(runs))),
                List.of(phases.on(RunPanels.angle(runs)))),
            Captions.of(runs, Captions.accuracies(runs), apart),
            "Line charts against the epoch: test accuracy and, on a logarithmic axis, the angle that"
                + " a weight tensor turns in a period, of a run at a constant rate with falling"
                + " weight decay and of one at TEXP without its drops. Vertical lines stand where"
                + " the decay is divided by ten.")
        .figure();
  }
}
