package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * The paper's Figure 4: a rate with a constant exponent, and the same divided by 10 twice.
 *
 * <p>Left: test accuracy and angle. Right: rate and its growth in an iteration.
 */
public final class Figure4 {

  private Figure4() {}

  /**
   * Draws per-period tables; a pure function of them.
   *
   * @param exponential runs at the exponential rate, a table per seed
   * @param divided runs at the divided rate
   * @param weight name of the watched weight tensor w
   * @param setting the profile in short
   */
  public static Figure of(
      List<Table> exponential, List<Table> divided, String weight, String setting) {
    List<Drawn> runs =
        List.of(
            new Drawn("exponential", exponential, Color.VERMILLION, Dash.SOLID),
            new Drawn("divided by 10 twice", divided, Color.PURPLE, Dash.DASH));
    return new Plot(
            "Figure 4: dividing the rate without lowering the exponent",
            setting,
            List.of(
                List.of(RunPanels.accuracy(runs), RunPanels.angle(runs, weight)),
                List.of(RunPanels.rate(runs), RunPanels.growth(runs))),
            "Each division helps for a moment only: the angle falls, and rises again to where the"
                + " exponent, which was left as it was, holds it; accuracy goes with it.",
            "Line charts against the epoch, of a run at an exponential rate and one whose rate is"
                + " divided by ten twice. Left: test accuracy, and the angle that a weight tensor"
                + " turns in a period. Right: learning rate, and its growth in an iteration.")
        .figure();
  }
}
