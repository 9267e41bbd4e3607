package explr.format;

import explr.conversion.TwinStep;
import java.util.List;

/** The row of one iteration in CSV, its column entries in JSON. */
final class Row {

  /** The columns, iteration first. */
  static final List<String> NAMES =
      List.of(
          "iteration",
          "learning_rate",
          "ln_learning_rate",
          "log10_learning_rate",
          "weight_decay",
          "momentum",
          "correction",
          "buffer_correction",
          "ln_scale");

  static final int ITERATION = 0;

  private static final double LN_10 = Math.log(10);

  private Row() {}

  /** The value of a column. */
  static double value(TwinStep step, int column) {
    return switch (column) {
      case ITERATION -> step.iteration();
      case 1 -> Math.exp(step.logLearningRate());
      case 2 -> step.logLearningRate();
      case 3 -> step.logLearningRate() / LN_10;
      case 4 -> 0;
      case 5 -> step.momentum();
      case 6 -> step.correction();
      case 7 -> step.correction() == 0 ? 0 : step.correction() * Math.exp(-step.logLearningRate());
      case 8 -> step.logScale();
      default -> throw new IllegalArgumentException("there is no column " + column);
    };
  }

  /** The text of a value. */
  static String text(double value, int column) {
    return column == ITERATION ? Long.toString((long) value) : JsonText.text(value);
  }
}
