package explr.figure;

import explr.figure.Style.Color;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/** Lines through the columns of tables; the only class of this package that needs Tablesaw. */
public final class TableLines {

  private TableLines() {}

  /**
   * The mean of several runs, with the span between the smallest and the largest.
   *
   * <p>At an x that only some runs have reached, it is their mean.
   *
   * @param tables one per run
   * @param x column of the horizontal axis, such as the epoch; runs are averaged where its values
   *     are equal
   * @param y the values of a table, one per row; missing ones (NaN) are ignored
   */
  public static Line across(
      String name, List<Table> tables, String x, Function<Table, double[]> y, Color color) {
    TreeMap<Double, DoubleSummaryStatistics> byX = new TreeMap<>();
    for (Table table : tables) {
      double[] across = table.numberColumn(x).asDoubleArray();
      double[] values = y.apply(table);
      for (int row = 0; row < across.length; row++) {
        DoubleSummaryStatistics at =
            byX.computeIfAbsent(across[row], key -> new DoubleSummaryStatistics());
        if (!Double.isNaN(values[row])) {
          at.accept(values[row]);
        }
      }
    }
    List<Line.Point> points =
        byX.entrySet().stream().map(entry -> point(entry.getKey(), entry.getValue())).toList();
    return Line.of(name, points, tables.size(), color);
  }

  /** The values of a column of doubles. */
  public static Function<Table, double[]> column(String name) {
    return table -> {
      if (!table.containsColumn(name)) {
        throw new IllegalArgumentException(
            "the table '"
                + table.name()
                + "' has no column '"
                + name
                + "'; it has "
                + Arrays.toString(table.columnNames().toArray()));
      }
      return table.numberColumn(name).asDoubleArray();
    };
  }

  private static Line.Point point(double x, DoubleSummaryStatistics y) {
    return y.getCount() == 0
        ? new Line.Point(x, Double.NaN, Double.NaN, Double.NaN)
        : new Line.Point(x, y.getAverage(), y.getMin(), y.getMax());
  }
}
