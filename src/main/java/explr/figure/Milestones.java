package explr.figure;

import explr.measurement.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * Where a schedule of phases begins a new one, read from what was measured of a run: from one row
 * of its table to the next, the rate or its growth falls to less than a third of what it would be.
 *
 * @param rows the last row of each phase but the last, counted from 0
 * @param epochs the epochs of these rows
 * @param word what happens there, for the marks
 */
record Milestones(List<Integer> rows, List<Double> epochs, String word) {

  private static final double THIRD = Math.log10(1.0 / 3);

  /** Copies the lists. */
  Milestones {
    rows = List.copyOf(rows);
    epochs = List.copyOf(epochs);
  }

  /**
   * Where the rate of a run is lower than the growth of the period before would have made it;
   * nowhere while nothing is measured.
   */
  static Milestones ofRate(Drawn run, String word) {
    return where(run, table -> accelerations(Drawn.logRate().apply(table)), word);
  }

  /** Where the exponent of a rate falls; nowhere while nothing is measured. */
  static Milestones ofGrowth(Drawn run, String word) {
    return where(run, table -> differences(RunPanels.log10(Drawn.growth().apply(table))), word);
  }

  /** From a row to the next, for every row but the last. */
  private static double[] differences(double[] values) {
    return IntStream.range(1, values.length).mapToDouble(i -> values[i] - values[i - 1]).toArray();
  }

  /** By how much a difference is larger than the one before; of the first, than 0. */
  private static double[] accelerations(double[] values) {
    double[] steps = differences(values);
    return IntStream.range(0, steps.length)
        .mapToDouble(i -> steps[i] - (i == 0 ? 0 : steps[i - 1]))
        .toArray();
  }

  private static Milestones where(Drawn run, Function<Table, double[]> falls, String word) {
    List<Integer> rows = new ArrayList<>();
    List<Double> epochs = new ArrayList<>();
    for (Table table : run.measured().stream().limit(1).toList()) {
      double[] epoch = table.numberColumn(Column.EPOCH.name()).asDoubleArray();
      double[] fall = falls.apply(table);
      for (int row = 0; row < fall.length; row++) {
        if (fall[row] < THIRD) {
          rows.add(row);
          epochs.add(epoch[row]);
        }
      }
    }
    return new Milestones(rows, epochs, word);
  }

  /** Whether none was passed yet. */
  boolean none() {
    return rows.isEmpty();
  }

  /** The last row before the first of them. */
  int firstRow() {
    return rows.get(0);
  }

  /** "epoch 80", "epochs 80 and 120". */
  String text() {
    List<String> numbers = epochs.stream().map(RunPanels::number).toList();
    int last = numbers.size() - 1;
    return last == 0
        ? "epoch " + numbers.get(0)
        : "epochs " + String.join(", ", numbers.subList(0, last)) + " and " + numbers.get(last);
  }

  /** A panel with a line at each of them, named in it. */
  Panel named(Panel panel) {
    return mark(panel, word);
  }

  /** A panel with a line at each of them, unnamed. */
  Panel on(Panel panel) {
    return mark(panel, "");
  }

  private Panel mark(Panel panel, String text) {
    Panel marked = panel;
    for (double epoch : epochs) {
      marked = marked.mark(epoch, text);
    }
    return marked;
  }
}
