package explr.store;

import explr.measurement.Column;
import explr.training.Period;
import explr.training.Step;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts measurements to rows of a table. */
final class Rows {

  static final double LN10 = Math.log(10);

  private Rows() {}

  static Map<Column, Number> of(Period period) {
    Map<Column, Number> row = new LinkedHashMap<>();
    row.put(Column.EPOCH, period.epoch());
    row.put(Column.ITERATION, period.iteration());
    row.put(Column.TRAIN_LOSS, period.train().meanLoss());
    row.put(Column.TRAIN_ACCURACY, period.train().accuracy());
    row.put(Column.TEST_LOSS, period.test().meanLoss());
    row.put(Column.TEST_ACCURACY, period.test().accuracy());
    row.put(Column.LOG_LEARNING_RATE, period.logLearningRate() / LN10);
    row.put(Column.GROWTH, period.growth());
    for (Period.Watched weight : period.watched()) {
      row.put(Column.logNorm(weight.name()), weight.log10Norm());
      row.put(Column.angle(weight.name()), weight.angle());
      row.put(Column.logEffectiveRate(weight.name()), weight.log10EffectiveRate());
    }
    return row;
  }

  static Map<Column, Number> of(Step step) {
    Map<Column, Number> row = new LinkedHashMap<>();
    row.put(Column.ITERATION, step.iteration());
    row.put(Column.LOSS, step.scores().meanLoss());
    row.put(Column.LOG_LEARNING_RATE, step.logLearningRate() / LN10);
    step.log10Norms().forEach((name, norm) -> row.put(Column.logNorm(name), norm));
    return row;
  }
}
