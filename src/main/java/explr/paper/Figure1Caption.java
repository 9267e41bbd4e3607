package explr.paper;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.text.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.Table;

/** The caption of Figure 1, with the numbers of its runs. */
final class Figure1Caption {

  private Figure1Caption() {}

  static String of(FigureRuns runs) {
    RunSeries grown =
        RunSeries.of(runs, Curve.EXPONENTIAL, "exponential", Color.VERMILLION, Dash.SOLID);
    RunSeries held = RunSeries.of(runs, Curve.WEIGHT_DECAY, "weight decay", Color.BLUE, Dash.SOLID);
    if (grown.measured().isEmpty()) {
      return "Nothing of the exponential run is measured yet.";
    }
    String growth =
        "Without weight decay, the rate η grows from %s after %s to %s, and with it ‖w‖² (w: %s) from %s to %s."
            .formatted(
                Numbers.powerOfTen(grown.at(0, RunSeries.logRate())),
                RunPanels.period(List.of(grown)),
                Numbers.powerOfTen(grown.last(RunSeries.logRate())),
                grown.weight(),
                Numbers.powerOfTen(2 * grown.at(0, grown.logNorm())),
                Numbers.powerOfTen(2 * grown.last(grown.logNorm())));
    String quotient =
        "‖w‖²/η, on average over the second half: " + Numbers.powerOfTen(grown.mean(late(grown)));
    if (!held.measured().isEmpty()) {
      quotient += ", with weight decay " + Numbers.powerOfTen(held.mean(late(held)));
    }
    List<RunSeries> both = List.of(grown, held);
    return Captions.of(both, growth, Captions.lateAccuracies(both), quotient + ".");
  }

  private static ToDoubleFunction<Table> late(RunSeries run) {
    return table -> {
      double[] logs = run.logQuotient().apply(table);
      return Arrays.stream(logs, logs.length / 2, logs.length).average().orElse(Double.NaN);
    };
  }
}
