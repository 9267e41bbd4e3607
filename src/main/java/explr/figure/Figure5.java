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
    List<Drawn> runs =
        List.of(
            new Drawn("cosine", cosine, Color.GREEN, Dash.SOLID),
            new Drawn("its TEXP", cosineTexp, Color.PURPLE, Dash.DASH),
            new Drawn("Step Decay", stepDecay, Color.BLUE, Dash.SOLID),
            new Drawn("its TEXP ", texp, Color.VERMILLION, Dash.DASH));
    return new Plot(
            "Figure 5: any schedule has its exponential twin",
            setting,
            List.of(List.of(RunPanels.accuracy(runs)), List.of(RunPanels.rate(runs))),
            "Each dashed run without weight decay should follow the solid one that it was made from"
                + " in accuracy, at a rate that leaves it by many powers of ten.",
            "Line charts against the epoch: test accuracy and learning rate of a cosine and of Step"
                + " Decay with weight decay, and of their exponential twins.")
        .figure();
  }
}
