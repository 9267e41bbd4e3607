package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import java.util.function.Function;
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
    Drawn dropping = new Drawn("TEXP", texp, Color.VERMILLION, Dash.SOLID);
    Drawn smooth = new Drawn("TEXP−−, without drops", withoutDrops, Color.GREEN, Dash.DASH);
    List<Drawn> runs = List.of(dropping, smooth);
    Milestones drops = Milestones.ofRate(texp, "drop");
    return new Plot(
            "Figure 3: what the drop of the rate is for",
            setting,
            List.of(
                List.of(
                    drops.named(RunPanels.accuracy(runs)), drops.on(RunPanels.angle(runs, weight))),
                List.of(drops.on(RunPanels.rate(runs)), drops.on(RunPanels.growth(runs)))),
            caption(dropping, smooth, drops, weight),
            "Line charts against the epoch, of a run at TEXP and one at TEXP without its drops."
                + " Left: test accuracy, and the angle that a weight tensor turns in a period."
                + " Right: learning rate, and its growth in an iteration. All but accuracy on"
                + " logarithmic axes. Vertical lines stand where the rate of TEXP drops.")
        .figure();
  }

  private static String caption(Drawn dropping, Drawn smooth, Milestones drops, String weight) {
    List<Drawn> runs = List.of(dropping, smooth);
    Function<Table, double[]> angle = Drawn.angle(weight);
    if (drops.none() || !Captions.both(dropping, smooth)) {
      return Captions.of(runs, Captions.accuracies(runs));
    }
    String growth =
        "Both rates grow by %s %% in an iteration of the first phase and by %s %% in the last one measured; that of TEXP also drops (%s)."
            .formatted(
                RunPanels.number(100 * dropping.at(drops.firstRow(), Drawn.growth())),
                RunPanels.number(100 * dropping.last(Drawn.growth())),
                drops.text());
    String settling =
        "In the period after the first drop the angle of w (%s) goes %s rad with it and %s rad without; in the end the angles are %s and %s."
            .formatted(
                weight,
                Captions.across(drops, dropping, angle, RunPanels::number),
                Captions.across(drops, smooth, angle, RunPanels::number),
                RunPanels.number(dropping.last(angle)),
                RunPanels.number(smooth.last(angle)));
    return Captions.of(runs, Captions.accuracies(runs), growth, settling);
  }
}
