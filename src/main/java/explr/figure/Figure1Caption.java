package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.measurement.Column;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.Table;

/** What to see in Figure 1, in the numbers of the runs that it draws. */
final class Figure1Caption {

  private Figure1Caption() {}

  static String of(List<Table> exponential, List<Table> decay, String weight) {
    Drawn grown = new Drawn("exponential", exponential, Color.VERMILLION, Dash.SOLID);
    Drawn held = new Drawn("weight decay", decay, Color.BLUE, Dash.SOLID);
    if (grown.measured().isEmpty()) {
      return "Nothing of the exponential run is measured yet.";
    }
    Function<Table, double[]> norm = Line.column(Column.logNorm(weight).name());
    String growth =
        "Without weight decay, the rate η grows from %s after %s to %s, and with it ‖w‖² (w: %s) from %s to %s."
            .formatted(
                PowerOfTen.text(grown.at(0, Drawn.logRate())),
                RunPanels.period(List.of(grown)),
                PowerOfTen.text(grown.last(Drawn.logRate())),
                weight,
                PowerOfTen.text(2 * grown.at(0, norm)),
                PowerOfTen.text(2 * grown.last(norm)));
    String quotient =
        "‖w‖²/η, on average over the second half: " + PowerOfTen.text(grown.mean(late(weight)));
    if (!held.measured().isEmpty()) {
      quotient += ", with weight decay " + PowerOfTen.text(held.mean(late(weight)));
    }
    List<Drawn> runs = List.of(grown, held);
    return Captions.of(runs, growth, Captions.lateAccuracies(runs), quotient + ".");
  }

  private static ToDoubleFunction<Table> late(String weight) {
    return table -> {
      double[] logs = Figure1.logQuotient(weight).apply(table);
      return Arrays.stream(logs, logs.length / 2, logs.length).average().orElse(Double.NaN);
    };
  }
}
