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
    Drawn decaying = new Drawn("falling weight decay", decayPerPhase, Color.BLUE, Dash.SOLID);
    Drawn smooth = new Drawn("TEXP−−", withoutDrops, Color.GREEN, Dash.DASH);
    List<Drawn> runs = List.of(decaying, smooth);
    Milestones phases = Milestones.ofGrowth(withoutDrops, "λ ÷ 10");
    String apart =
        Captions.both(decaying, smooth)
            ? "The angles of the two (w: %s) end at %s and %s rad and differ by %s %% on average."
                .formatted(
                    weight,
                    RunPanels.number(decaying.last(Drawn.angle(weight))),
                    RunPanels.number(smooth.last(Drawn.angle(weight))),
                    RunPanels.number(Captions.apart(decaying, smooth, Drawn.angle(weight))))
            : "";
    return new Plot(
            "Figure 6: weight decay as the exponent of a rate",
            setting,
            List.of(
                List.of(phases.named(RunPanels.accuracy(runs))),
                List.of(phases.on(RunPanels.angle(runs, weight)))),
            Captions.of(runs, Captions.accuracies(runs), apart),
            "Line charts against the epoch: test accuracy and, on a logarithmic axis, the angle that"
                + " a weight tensor turns in a period, of a run at a constant rate with falling"
                + " weight decay and of one at TEXP without its drops. Vertical lines stand where"
                + " the decay is divided by ten.")
        .figure();
  }
}
