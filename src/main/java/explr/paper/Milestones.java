package explr.paper;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Panel;
import explr.measurement.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * The milestones of a step schedule that a figure's runs have passed.
 *
 * @param rows the last row of each phase but the last, counted from 0, in the longest table
 * @param epochs the epochs of these rows
 * @param word what happens at a milestone, for its mark
 */
record Milestones(List<Integer> rows, List<Double> epochs, String word) {

  /** Epochs are multiples of 1/k of an epoch, so rounding errors are far smaller than this. */
  private static final double ROUNDING = 1e-6;

  /** Copies the lists. */
  Milestones {
    rows = List.copyOf(rows);
    epochs = List.copyOf(epochs);
  }

  /**
   * The milestones that some runs of a figure have passed, with at least one period after each;
   * none while nothing is measured.
   *
   * @param curve whose longest table decides
   */
  static Milestones passed(FigureRuns runs, Curve curve, String word) {
    List<Integer> rows = new ArrayList<>();
    List<Double> epochs = new ArrayList<>();
    runs.of(curve).stream()
        .max(Comparator.comparingInt(Table::rowCount))
        .ifPresent(
            table -> {
              double[] epoch = table.numberColumn(Column.EPOCH.name()).asDoubleArray();
              for (double milestone : runs.milestones()) {
                int row = lastUpTo(epoch, milestone);
                if (row >= 0 && row < epoch.length - 1) {
                  rows.add(row);
                  epochs.add(epoch[row]);
                }
              }
            });
    return new Milestones(rows, epochs, word);
  }

  private static int lastUpTo(double[] epochs, double milestone) {
    int row = epochs.length - 1;
    while (row >= 0 && epochs[row] > milestone + ROUNDING) {
      row--;
    }
    return row;
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
