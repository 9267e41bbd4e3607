package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * The paper's Figure 2: Step Decay with weight decay, and its TEXP without.
 *
 * <p>Left: test accuracy. Right: the angle that the weights turn in a period, and the two rates.
 */
public final class Figure2 {

  private Figure2() {}

  /**
   * Draws per-period tables; a pure function of them.
   *
   * @param stepDecay runs at Step Decay, a table per seed
   * @param texp runs at its TEXP
   * @param weight name of the watched weight tensor w
   * @param setting the profile in short
   */
  public static Figure of(List<Table> stepDecay, List<Table> texp, String weight, String setting) {
    List<Drawn> runs =
        List.of(
            new Drawn("Step Decay with weight decay", stepDecay, Color.BLUE, Dash.SOLID),
            new Drawn("its TEXP, without", texp, Color.VERMILLION, Dash.DASH));
    return new Plot(
            "Figure 2: Step Decay with weight decay, and the exponential rate that equals it",
            setting,
            List.of(
                List.of(RunPanels.accuracy(runs)),
                List.of(RunPanels.angle(runs, weight), RunPanels.rate(runs))),
            "Both runs visit the same networks in theory, so accuracy and angle should agree, while"
                + " the rates part by many powers of ten. Where the rate drops, accuracy jumps and"
                + " the angle falls; then the angle rises to its new equilibrium.",
            "Line charts against the epoch. Left: test accuracy of a run with Step Decay and weight"
                + " decay and of its exponential twin. Right: the angle that a weight tensor turns"
                + " in a period, and the learning rate, of both.")
        .figure();
  }
}
