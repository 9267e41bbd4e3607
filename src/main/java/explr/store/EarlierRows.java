package explr.store;

import explr.measurement.Column;
import explr.measurement.MeasurementLog;
import explr.schedule.Rates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * Looks at measurements that have no checksum: whatever follows from the values that drove them
 * must be in them to the last bit.
 *
 * @param lineage of the run
 * @param period counted from 1
 */
record EarlierRows(Lineage lineage, int period) {

  private static final double LN10 = Math.log(10);

  /**
   * Looks at the row of the period.
   *
   * @throws IOException with what is wrong
   */
  void checkMeasurement(String text, Path file) throws IOException {
    List<String> watched = lineage.task().watched();
    Table table = table(text, Column.perPeriod(watched), file);
    long end = lineage.end(period);
    Rates rates = lineage.rates();
    double rate = rates.logLearningRate(end - 1);
    require(table.rowCount() == 1, "it has " + table.rowCount() + " rows instead of one");
    require(table.longColumn(Column.ITERATION.name()).get(0) == end, "its iteration");
    double perEpoch = lineage.task().epochs().iterationsEach();
    require(value(table, Column.EPOCH) == end / perEpoch, "its epoch");
    require(value(table, Column.LOG_LEARNING_RATE) == rate / LN10, "its learning rate");
    double growth = end == 1 ? Double.NaN : Math.expm1(rate - rates.logLearningRate(end - 2));
    require(Double.compare(value(table, Column.GROWTH), growth) == 0, "its growth");
    for (Column accuracy : List.of(Column.TRAIN_ACCURACY, Column.TEST_ACCURACY)) {
      require(value(table, accuracy) >= 0 && value(table, accuracy) <= 1, "its accuracy");
    }
    for (String weight : watched) {
      double effective = rate / Math.log(10) - 2 * value(table, Column.logNorm(weight));
      require(
          Double.compare(value(table, Column.logEffectiveRate(weight)), effective) == 0,
          "its norm or effective rate");
      require(!(value(table, Column.angle(weight)) < 0), "its angle");
    }
  }

  /**
   * Looks at rows of steps from the first of the period on.
   *
   * @param whole whether they must reach the last
   * @throws IOException with what is wrong
   */
  void checkSteps(String text, Path file, boolean whole) throws IOException {
    Table table = table(text, Column.perStep(lineage.task().watched()), file);
    long from = lineage.end(period - 1);
    long all = lineage.end(period) - from;
    require(
        whole ? table.rowCount() == all : table.rowCount() <= all,
        "it has " + table.rowCount() + " rows of " + all);
    for (int row = 0; row < table.rowCount(); row++) {
      require(table.longColumn(Column.ITERATION.name()).get(row) == from + row, "an iteration");
      require(
          table.doubleColumn(Column.LOG_LEARNING_RATE.name()).get(row)
              == lineage.rates().logLearningRate(from + row) / LN10,
          "a learning rate");
    }
  }

  private static Table table(String text, List<Column> columns, Path file) throws IOException {
    require(text.endsWith("\n"), "its last line");
    Table table = MeasurementLog.parse(text.lines().toList(), file);
    require(table.columnNames().equals(columns.stream().map(Column::name).toList()), "its columns");
    return table;
  }

  private static double value(Table table, Column column) {
    return table.doubleColumn(column.name()).getDouble(0);
  }

  private static void require(boolean holds, String what) throws IOException {
    if (!holds) {
      throw new IOException(what + " is not what this run must have");
    }
  }
}
