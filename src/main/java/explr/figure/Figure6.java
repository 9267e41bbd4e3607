package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * The paper's Figure 6: a constant rate whose weight decay falls phase by phase, and TEXP−−, which
 * equals it.
 *
 * <p>Left: test accuracy. Right: the angle that the weights turn in a period.
 */
public final class Figure6 {

  private Figure6() {}

  /**
   * Draws per-period tables; a pure function of them.
   *
   * @param decayPerPhase runs at a constant rate with falling weight decay, a table per seed
   * @param withoutDrops runs at TEXP−−
   * @param weight name of the watched weight tensor w
   * @param setting the profile in short
   */
  public static Figure of(
      List<Table> decayPerPhase, List<Table> withoutDrops, String weight, String setting) {
    List<Drawn> runs =
        List.of(
            new Drawn("constant rate, falling decay", decayPerPhase, Color.BLUE, Dash.SOLID),
            new Drawn("TEXP−−, no decay", withoutDrops, Color.GREEN, Dash.DASH));
    return new Plot(
            "Figure 6: weight decay as the exponent of a rate",
            setting,
            List.of(List.of(RunPanels.accuracy(runs)), List.of(RunPanels.angle(runs, weight))),
            "Dividing the weight decay by ten and lowering the exponent of an exponential rate are"
                + " the same: accuracy and angle of the two runs should agree.",
            "Line charts against the epoch: test accuracy, and the angle that a weight tensor turns"
                + " in a period, of a run at a constant rate with falling weight decay and of one at"
                + " TEXP without its drops.")
        .figure();
  }
}
