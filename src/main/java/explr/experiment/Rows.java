package explr.experiment;

import explr.measurement.Column;
import explr.training.Epoch;
import explr.training.Step;
import java.util.LinkedHashMap;
import java.util.Map;

/** What training measures, as rows of a table. */
final class Rows {

  private static final double LN10 = Math.log(10);

  private Rows() {}

  static Map<Column, Number> of(Epoch epoch) {
    Map<Column, Number> row = new LinkedHashMap<>();
    row.put(Column.EPOCH, epoch.number());
    row.put(Column.ITERATION, epoch.iteration());
    row.put(Column.TRAIN_LOSS, epoch.train().meanLoss());
    row.put(Column.TRAIN_ACCURACY, epoch.train().accuracy());
    row.put(Column.TEST_LOSS, epoch.test().meanLoss());
    row.put(Column.TEST_ACCURACY, epoch.test().accuracy());
    row.put(Column.LOG_LEARNING_RATE, epoch.logLearningRate() / LN10);
    for (Epoch.Watched weight : epoch.watched()) {
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
