package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * The paper's Figure 5: Step Decay and a cosine, each with weight decay and as its TEXP without.
 *
 * <p>Left: test accuracy. Right: the rates.
 */
public final class Figure5 {

  private Figure5() {}

  /**
   * Draws per-period tables; a pure function of them.
   *
   * @param cosine runs at the cosine, a table per seed
   * @param cosineTexp runs at its TEXP
   * @param stepDecay runs at Step Decay
   * @param texp runs at its TEXP
   * @param setting the profile in short
   */
  public static Figure of(
      List<Table> cosine,
      List<Table> cosineTexp,
      List<Table> stepDecay,
      List<Table> texp,
      String setting) {
    Drawn ofCosine = new Drawn("TEXP of the cosine", cosineTexp, Color.PURPLE, Dash.DASH);
    Drawn steps = new Drawn("Step Decay", stepDecay, Color.BLUE, Dash.SOLID);
    Drawn ofSteps = new Drawn("TEXP of Step Decay", texp, Color.VERMILLION, Dash.DASH);
    List<Drawn> runs =
        List.of(new Drawn("cosine", cosine, Color.GREEN, Dash.SOLID), ofCosine, steps, ofSteps);
    Milestones drops = Milestones.ofRate(stepDecay, "η ÷ 10");
    String rates =
        Captions.both(ofCosine, ofSteps)
            ? "Without weight decay the rates end at %s (cosine) and %s (Step Decay)."
                .formatted(
                    PowerOfTen.text(ofCosine.last(Drawn.logRate())),
                    PowerOfTen.text(ofSteps.last(Drawn.logRate())))
            : "";
    return new Plot(
            "Figure 5: any schedule has its exponential twin",
            setting,
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
