package explr.store;

import explr.measurement.Column;
import explr.measurement.MeasurementLog;
import explr.schedule.Rates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * Checks measurements of version 0.1.0, which have no checksum: values that follow from the rates
 * must agree to the last bit.
 *
 * @param lineage of the run
 * @param period counted from 1
 */
record EarlierRows(Lineage lineage, int period) {

  /**
   * Checks the row of the period.
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
    require(table.longColumn(Column.ITERATION.name()).get(0) == end, differs("iteration"));
    double perEpoch = lineage.task().epochs().iterationsEach();
    require(value(table, Column.EPOCH) == end / perEpoch, differs("epoch"));
    require(value(table, Column.LOG_LEARNING_RATE) == rate / Rows.LN10, differs("learning rate"));
    double growth = end == 1 ? Double.NaN : Math.expm1(rate - rates.logLearningRate(end - 2));
    require(Double.compare(value(table, Column.GROWTH), growth) == 0, differs("growth"));
    for (Column accuracy : List.of(Column.TRAIN_ACCURACY, Column.TEST_ACCURACY)) {
      require(
          value(table, accuracy) >= 0 && value(table, accuracy) <= 1,
          "its accuracy is not between 0 and 1");
    }
    for (String weight : watched) {
      double effective = rate / Rows.LN10 - 2 * value(table, Column.logNorm(weight));
      require(
          Double.compare(value(table, Column.logEffectiveRate(weight)), effective) == 0,
          "its norm and its effective rate contradict each other");
      require(!(value(table, Column.angle(weight)) < 0), "its angle is negative");
    }
  }

  /**
   * Checks rows of steps, from the first step of the period.
   *
   * @param whole whether they must include the last step
   * @throws IOException with what is wrong
   */
  void checkSteps(String text, Path file, boolean whole) throws IOException {
    Table table = table(text, Column.perStep(lineage.task().watched()), file);
    long from = lineage.end(period - 1);
    long all = lineage.end(period) - from;
    require(
        whole ? table.rowCount() == all : table.rowCount() <= all,
        "it has " + table.rowCount() + " rows instead of " + (whole ? "" : "at most ") + all);
    for (int row = 0; row < table.rowCount(); row++) {
      require(
          table.longColumn(Column.ITERATION.name()).get(row) == from + row, differs("iteration"));
      require(
          table.doubleColumn(Column.LOG_LEARNING_RATE.name()).get(row)
              == lineage.rates().logLearningRate(from + row) / Rows.LN10,
          differs("learning rate"));
    }
  }

  private static Table table(String text, List<Column> columns, Path file) throws IOException {
    require(text.endsWith("\n"), "its last line is not complete");
    Table table = MeasurementLog.parse(text.lines().toList(), file);
    require(
        table.columnNames().equals(columns.stream().map(Column::name).toList()),
        "its columns are not those of this run");
    return table;
  }

  private static double value(Table table, Column column) {
    return table.doubleColumn(column.name()).getDouble(0);
  }

  private static String differs(String value) {
    return "its " + value + " is not that of this run";
  }

  private static void require(boolean holds, String reason) throws IOException {
    if (!holds) {
      throw new IOException(reason);
    }
  }
}
