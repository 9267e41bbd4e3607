package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * The paper's Figure 4: a rate with a constant exponent, and the same divided by 10 at milestones.
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
    Drawn whole = new Drawn("exponential", exponential, Color.VERMILLION, Dash.SOLID);
    Milestones divisions = Milestones.ofRate(divided, "η ÷ 10");
    Drawn parted = new Drawn(divided(divisions, "10"), divided, Color.PURPLE, Dash.DASH);
    List<Drawn> runs = List.of(whole, parted);
    return new Plot(
            "Figure 4: dividing the rate without lowering the exponent",
            setting,
            List.of(
                List.of(
                    divisions.named(RunPanels.accuracy(runs)),
                    divisions.on(RunPanels.angle(runs, weight))),
                List.of(divisions.on(RunPanels.rate(runs)), divisions.on(RunPanels.growth(runs)))),
            caption(whole, parted, divisions, weight),
            "Line charts against the epoch, of a run at an exponential rate and one whose rate is "
                + divided(divisions, "ten")
                + ". Left: test accuracy, and the angle that a weight tensor turns in a period."
                + " Right: learning rate, and its growth in an iteration. All but accuracy on"
                + " logarithmic axes. Vertical lines stand at the divisions.")
        .figure();
  }

  private static String divided(Milestones divisions, String byWhat) {
    return divisions.none()
        ? "not yet divided by " + byWhat
        : "divided by %s %s".formatted(byWhat, divisions.times());
  }

  private static String caption(Drawn whole, Drawn parted, Milestones divisions, String weight) {
    List<Drawn> runs = List.of(whole, parted);
    Function<Table, double[]> angle = Drawn.angle(weight);
    String moment =
        divisions.none()
            ? ""
            : "The rate is divided (%s) and grows on as before. In the period after the first division test accuracy goes %s %% and the angle of w (%s) %s rad."
                .formatted(
                    divisions.text(),
                    Captions.across(divisions, parted, Drawn.testAccuracy(), Captions::percent),
                    weight,
                    Captions.across(divisions, parted, angle, RunPanels::number));
    String end =
        divisions.none() || !Captions.both(whole, parted)
            ? ""
            : "In the end the angles are %s (exponential) and %s (divided)."
                .formatted(
                    RunPanels.number(whole.last(angle)), RunPanels.number(parted.last(angle)));
    return Captions.of(runs, Captions.lateAccuracies(runs), moment, end);
  }
}
