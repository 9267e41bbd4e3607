package explr.format;

import explr.conversion.Conversion;
import explr.conversion.TwinStep;
import explr.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The columns of a conversion, whose rows are iterations; iteration is the first column.
 *
 * @param columns in the order of CSV
 */
record Row(List<Column> columns) {

  /** The column of the iteration. */
  static final int ITERATION = 0;

  private static final double LN_10 = Math.log(10);

  private static final List<Column> BEFORE_MOMENTUM =
      List.of(
          new Column("iteration", TwinStep::iteration),
          new Column("learning_rate", step -> Math.exp(step.logLearningRate())),
          new Column("ln_learning_rate", TwinStep::logLearningRate),
          new Column("log10_learning_rate", step -> step.logLearningRate() / LN_10),
          new Column("weight_decay", TwinStep::weightDecay));

  private static final Column MOMENTUM = new Column("momentum", TwinStep::momentum);
  private static final Column SCALE = new Column("ln_scale", TwinStep::logScale);

  private static final Row OF_MOMENTUM =
      joined(
          List.of(
              MOMENTUM,
              new Column("correction", TwinStep::correction),
              new Column("buffer_correction", Row::bufferCorrection),
              SCALE));

  /**
   * A column.
   *
   * @param name in the header
   * @param value of a row
   */
  record Column(String name, ToDoubleFunction<TwinStep> value) {}

  /** The columns of a conversion. */
  static Row of(Conversion conversion, Optimizer optimizer) {
    boolean scaled =
        conversion == Conversion.FOLLOWING_BUFFERS
            || conversion == Conversion.SMALLER_BETAS
            || conversion == Conversion.NESTEROV
            || (conversion == Conversion.WITH_DECAY && optimizer.decoupled());
    if (!scaled) {
      return OF_MOMENTUM;
    }
    List<Column> columns = new ArrayList<>();
    if (optimizer.secondBeta().isPresent()) {
      columns.add(new Column("beta1", TwinStep::momentum));
      columns.add(new Column("beta2", TwinStep::beta2));
    } else {
      columns.add(MOMENTUM);
    }
    columns.add(new Column("buffer_factor", TwinStep::bufferFactor));
    if (optimizer.epsilonOfStep().isPresent()) {
      columns.add(new Column("eps", TwinStep::epsilon));
    }
    columns.add(SCALE);
    return joined(columns);
  }

  private static Row joined(List<Column> columns) {
    List<Column> all = new ArrayList<>(BEFORE_MOMENTUM);
    all.addAll(columns);
    return new Row(List.copyOf(all));
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  int size() {
    return columns.size();
  }

  /** The value of a column. */
  double value(TwinStep step, int column) {
    return columns.get(column).value().applyAsDouble(step);
  }

  /** The text of a value. */
  static String text(double value, int column) {
    return column == ITERATION ? Long.toString((long) value) : JsonText.text(value);
  }

  private static double bufferCorrection(TwinStep step) {
    return step.correction() == 0 ? 0 : step.correction() * Math.exp(-step.logLearningRate());
  }
}
