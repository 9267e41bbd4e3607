package explr.figure;

import explr.measurement.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * Where a schedule of phases begins a new one, read from what was measured of its runs: from one
 * row of a table to the next, the rate or its growth falls to less than a third of what it would
 * be. Of several seeds, the table of the one that got furthest tells.
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
   * Where the rate of runs is lower than its growth in each iteration would have made it; nowhere
   * while nothing is measured.
   */
  static Milestones ofRate(List<Table> runs, String word) {
    return where(runs, Milestones::beyondGrowth, word);
  }

  /** Where the exponent of a rate falls; nowhere while nothing is measured. */
  static Milestones ofGrowth(List<Table> runs, String word) {
    return where(runs, table -> differences(RunPanels.log10(Drawn.growth().apply(table))), word);
  }

  /** From a row to the next, for every row but the last. */
  private static double[] differences(double[] values) {
    return IntStream.range(1, values.length).mapToDouble(i -> values[i] - values[i - 1]).toArray();
  }

  /**
   * How many powers of ten a rate rises from a row to the next beyond its growth in the iterations
   * between. A growth below 0 is a drop itself, where a row tells of a single iteration.
   */
  private static double[] beyondGrowth(Table table) {
    double[] rises = differences(Drawn.logRate().apply(table));
    double[] iterations = differences(table.numberColumn(Column.ITERATION.name()).asDoubleArray());
    double[] growth = Drawn.growth().apply(table);
    return IntStream.range(0, rises.length)
        .mapToDouble(
            i -> rises[i] - iterations[i] * Math.log1p(Math.max(0, growth[i + 1])) / Math.log(10))
        .toArray();
  }

  private static Milestones where(List<Table> runs, Function<Table, double[]> falls, String word) {
    List<Integer> rows = new ArrayList<>();
    List<Double> epochs = new ArrayList<>();
    runs.stream()
        .max(Comparator.comparingInt(Table::rowCount))
        .ifPresent(
            table -> {
              double[] epoch = table.numberColumn(Column.EPOCH.name()).asDoubleArray();
              double[] fall = falls.apply(table);
              for (int row = 0; row < fall.length; row++) {
                if (fall[row] < THIRD) {
                  rows.add(row);
                  epochs.add(epoch[row]);
                }
              }
            });
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

  /** How many were passed: "once", "twice", "3 times". */
  String times() {
    return switch (rows.size()) {
      case 1 -> "once";
      case 2 -> "twice";
      default -> rows.size() + " times";
    };
  }

  /** "epoch 80", "epochs 80 and 120". */
  String text() {
    List<String> numbers = epochs.stream().map(RunPanels::epoch).toList();
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
