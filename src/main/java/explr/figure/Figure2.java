package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.List;
import java.util.function.Function;
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
    Drawn decay = new Drawn("Step Decay", stepDecay, Color.BLUE, Dash.SOLID);
    Drawn twin = new Drawn("its TEXP", texp, Color.VERMILLION, Dash.DASH);
    List<Drawn> runs = List.of(decay, twin);
    Milestones drops = Milestones.ofRate(stepDecay, "η ÷ 10");
    return new Plot(
            "Figure 2: Step Decay with weight decay, and the exponential rate that equals it",
            setting,
            List.of(
                List.of(drops.named(RunPanels.accuracy(runs))),
                List.of(drops.on(RunPanels.angle(runs, weight)), drops.on(RunPanels.rate(runs)))),
            caption(decay, twin, drops, weight),
            "Line charts against the epoch. Left: test accuracy of a run with Step Decay and weight"
                + " decay and of its exponential twin. Right, on logarithmic axes: the angle that a"
                + " weight tensor turns in a period, and the learning rate, of both. Vertical lines"
                + " stand where the rate is divided by ten.")
        .figure();
  }

  private static String caption(Drawn decay, Drawn twin, Milestones drops, String weight) {
    List<Drawn> runs = List.of(decay, twin);
    Function<Table, double[]> angle = Drawn.angle(weight);
    String jump =
        drops.none()
            ? ""
            : "In the period after the first division of the rate (%s) Step Decay's test accuracy goes %s %%, and the angle of w (%s) %s rad."
                .formatted(
                    drops.text(),
                    Captions.across(drops, decay, Drawn.testAccuracy(), Captions::percent),
                    weight,
                    Captions.across(drops, decay, angle, RunPanels::number));
    String apart =
        Captions.both(decay, twin)
            ? "The angles of the two differ by %s %% on average, while the rates end at %s and %s."
                .formatted(
                    RunPanels.number(Captions.apart(decay, twin, angle)),
                    PowerOfTen.text(decay.last(Drawn.logRate())),
                    PowerOfTen.text(twin.last(Drawn.logRate())))
            : "";
    return Captions.of(runs, Captions.accuracies(runs), jump, apart);
  }
}
