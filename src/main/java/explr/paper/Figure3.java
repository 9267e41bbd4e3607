package explr.paper;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Figure;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;

/**
 * The paper's Figure 3: TEXP, and TEXP−− in which the rate does not drop.
 *
 * <p>Left: test accuracy and angle. Right: rate and its growth in an iteration.
 */
final class Figure3 {

  private Figure3() {}

  /** Draws the figure; a pure function of the measurements. */
  static Figure of(FigureRuns shown) {
    RunSeries dropping = RunSeries.of(shown, Curve.TEXP, "TEXP", Color.VERMILLION, Dash.SOLID);
    RunSeries smooth =
        RunSeries.of(
            shown, Curve.TEXP_MINUS_MINUS, "TEXP−−, without drops", Color.GREEN, Dash.DASH);
    List<RunSeries> runs = List.of(dropping, smooth);
    Milestones drops = Milestones.passed(shown, Curve.TEXP, "drop");
    return new Plot(
            "Figure 3: what the drop of the rate is for",
            shown.setting(),
            List.of(
                List.of(drops.named(RunPanels.accuracy(runs)), drops.on(RunPanels.angle(runs))),
                List.of(drops.on(RunPanels.rate(runs)), drops.on(RunPanels.growth(runs)))),
            caption(dropping, smooth, drops),
            "Line charts against the epoch, of a run at TEXP and one at TEXP without its drops."
                + " Left: test accuracy, and the angle that a weight tensor turns in a period."
                + " Right: learning rate, and its growth in an iteration. All but accuracy on"
                + " logarithmic axes. Vertical lines stand where the rate of TEXP drops.")
        .figure();
  }

  private static String caption(RunSeries dropping, RunSeries smooth, Milestones drops) {
    List<RunSeries> runs = List.of(dropping, smooth);
    if (drops.none() || !Captions.both(dropping, smooth)) {
      return Captions.of(runs, Captions.accuracies(runs));
    }
    String growth =
        "Both rates grow by %s %% in an iteration of the first phase and by %s %% in the last one measured; that of TEXP also drops (%s)."
            .formatted(
                Captions.number(100 * dropping.at(drops.firstRow(), RunSeries.growth())),
                Captions.number(100 * dropping.last(RunSeries.growth())),
                drops.text());
    String settling =
        "In the period after the first drop the angle of w (%s) goes %s rad with it and %s rad without; in the end the angles are %s and %s."
            .formatted(
                dropping.weight(),
                Captions.across(drops, dropping, dropping.angle(), Captions::number),
                Captions.across(drops, smooth, smooth.angle(), Captions::number),
                Captions.number(dropping.last(dropping.angle())),
                Captions.number(smooth.last(smooth.angle())));
    return Captions.of(runs, Captions.accuracies(runs), growth, settling);
  }
}
