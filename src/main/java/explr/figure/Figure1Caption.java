package explr.figure;

import explr.measurement.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** What to see in Figure 1, in the numbers of the runs that it draws. */
final class Figure1Caption {

  private Figure1Caption() {}

  static String of(List<Table> exponential, List<Table> decay, String weight) {
    List<Table> grown = exponential.stream().filter(table -> !table.isEmpty()).toList();
    List<Table> held = decay.stream().filter(table -> !table.isEmpty()).toList();
    if (grown.isEmpty()) {
      return "No epoch of the exponential run is measured yet.";
    }
    String caption =
        "Without weight decay, the rate η grows from %s after the first epoch to %s, and with it ‖w‖² (w: %s) from %s to %s."
            .formatted(
                PowerOfTen.text(mean(grown, table -> at(table, rate(), 0))),
                PowerOfTen.text(mean(grown, table -> last(table, rate()))),
                weight,
                PowerOfTen.text(2 * mean(grown, table -> at(table, norm(weight), 0))),
                PowerOfTen.text(2 * mean(grown, table -> last(table, norm(weight)))));
    String accuracy = "Final test accuracy: " + finals(grown) + " %";
    String quotient =
        "‖w‖²/η, on average over the second half: " + PowerOfTen.text(mean(grown, late(weight)));
    if (!held.isEmpty()) {
      accuracy += ", with weight decay " + finals(held) + " %";
      quotient += ", with weight decay " + PowerOfTen.text(mean(held, late(weight)));
    }
    return caption + " " + accuracy + ". " + quotient + "." + seeds(grown.size(), held.size());
  }

  private static String seeds(int exponential, int decay) {
    if (exponential <= 1 && decay <= 1) {
      return "";
    }
    String count =
        exponential == decay || decay == 0
            ? exponential + " seeds"
            : "%d (exponential) and %d (weight decay) seeds".formatted(exponential, decay);
    return " Lines are means over " + count + "; bands reach from the smallest to the largest.";
  }

  /** Final test accuracies in percent, seed by seed. */
  private static String finals(List<Table> tables) {
    return tables.stream()
        .map(table -> 100 * last(table, Line.column(Column.TEST_ACCURACY.name())))
        .map(percent -> String.format(Locale.ROOT, "%.1f", percent))
        .collect(Collectors.joining(", "));
  }

  private static Function<Table, Double> late(String weight) {
    return table -> {
      double[] logs = Figure1.logQuotient(weight).apply(table);
      return Arrays.stream(logs, logs.length / 2, logs.length).average().orElse(Double.NaN);
    };
  }

  private static double mean(List<Table> tables, Function<Table, Double> of) {
    return tables.stream().mapToDouble(of::apply).average().orElse(Double.NaN);
  }

  private static double last(Table table, Function<Table, double[]> column) {
    return at(table, column, table.rowCount() - 1);
  }

  private static double at(Table table, Function<Table, double[]> column, int row) {
    return column.apply(table)[row];
  }

  private static Function<Table, double[]> rate() {
    return Line.column(Column.LOG_LEARNING_RATE.name());
  }

  private static Function<Table, double[]> norm(String weight) {
    return Line.column(Column.logNorm(weight).name());
  }
}
