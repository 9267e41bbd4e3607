package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * The paper's Figure 3: TEXP, and TEXP−− in which the rate does not drop.
 *
 * <p>Left: test accuracy and angle. Right: rate and its growth in an iteration.
 */
public final class Figure3 {

  private Figure3() {}

  /**
   * Draws per-period tables; a pure function of them.
   *
   * @param texp runs at TEXP, a table per seed
   * @param withoutDrops runs at TEXP−−
   * @param weight name of the watched weight tensor w
   * @param setting the profile in short
   */
  public static Figure of(
      List<Table> texp, List<Table> withoutDrops, String weight, String setting) {
    List<Drawn> runs =
        List.of(
            new Drawn("TEXP", texp, Color.VERMILLION, Dash.SOLID),
            new Drawn("TEXP−−, without drops", withoutDrops, Color.GREEN, Dash.DASH));
    return new Plot(
            "Figure 3: what the drop of the rate is for",
            setting,
            List.of(
                List.of(RunPanels.accuracy(runs), RunPanels.angle(runs, weight)),
                List.of(RunPanels.rate(runs), RunPanels.growth(runs))),
            "Both rates grow alike in every phase; one of them also drops where a phase begins."
                + " Growth sets where the angle settles in the end, the drop only how soon. Without"
                + " it a phase of a tenth of the growth takes ten times as long to settle, one of a"
                + " hundredth a hundred times.",
            "Line charts against the epoch, of a run at TEXP and one at TEXP without its drops."
                + " Left: test accuracy, and the angle that a weight tensor turns in a period."
                + " Right: learning rate, and its growth in an iteration.")
        .figure();
  }
}
