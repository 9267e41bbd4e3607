package explr.measurement;

import java.util.ArrayList;
import java.util.List;

/**
 * A column of a run's tables: the one place where their names are written.
 *
 * <p>Columns of a watched weight tensor carry its name in brackets, as in {@code
 * log10_norm[block2.conv1]}. Norms and rates are decimal logarithms, because an exponential rate
 * leaves the range of a double.
 *
 * @param name as in the first line of the CSV file
 * @param kind what its values are
 */
public record Column(String name, Kind kind) {

  /** What the values of a column are. */
  public enum Kind {
    /** A whole number that fits 64 bits. */
    LONG,
    /** A double. */
    REAL
  }

  /** How many epochs had been trained when the row was measured. */
  public static final Column EPOCH = real("epoch");

  /** How many iterations had been done when the row was measured. */
  public static final Column ITERATION = new Column("iteration", Kind.LONG);

  /** Mean loss over the training images. */
  public static final Column TRAIN_LOSS = real("train_loss");

  /** Share of the training images classified correctly, 0 to 1. */
  public static final Column TRAIN_ACCURACY = real("train_accuracy");

  /** Mean loss over the test images. */
  public static final Column TEST_LOSS = real("test_loss");

  /** Share of the test images classified correctly, 0 to 1. */
  public static final Column TEST_ACCURACY = real("test_accuracy");

  /** Loss of one batch. */
  public static final Column LOSS = real("loss");

  /** log10 of the rate of the last step done. */
  public static final Column LOG_LEARNING_RATE = real("log10_learning_rate");

  /** η_t / η_(t−1) − 1 at the last step t that was done. */
  public static final Column GROWTH = real("growth");

  /** Refuses names that would not survive a CSV file without quotes. */
  public Column {
    if (kind == null) {
      throw new IllegalArgumentException("column '" + name + "' needs a kind");
    }
    if (name == null
        || name.isBlank()
        || name.chars().anyMatch(c -> c < ' ' || c == ',' || c == '"')) {
      throw new IllegalArgumentException(
          "a column's name is not empty and has no comma, quote or control character; this is '"
              + name
              + "'");
    }
  }

  /** log10 ‖w‖ of a watched weight tensor. */
  public static Column logNorm(String weight) {
    return real("log10_norm[" + weight + "]");
  }

  /**
   * Angle in radians between the weights at the ends of this period and the one before; after the
   * first, between the weights then and at the start.
   */
  public static Column angle(String weight) {
    return real("angle[" + weight + "]");
  }

  /** log10 (η/‖w‖²), the rate at which the direction of w is trained. */
  public static Column logEffectiveRate(String weight) {
    return real("log10_effective_rate[" + weight + "]");
  }

  /** The columns of {@code measurements.csv}, one row a period: an epoch, or part of one. */
  public static List<Column> perPeriod(List<String> watchedWeights) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                EPOCH,
                ITERATION,
                TRAIN_LOSS,
                TRAIN_ACCURACY,
                TEST_LOSS,
                TEST_ACCURACY,
                LOG_LEARNING_RATE,
                GROWTH));
    for (String weight : watchedWeights) {
      columns.addAll(List.of(logNorm(weight), angle(weight), logEffectiveRate(weight)));
    }
    return List.copyOf(columns);
  }

  /** The columns of {@code steps.csv}, one row an iteration. */
  public static List<Column> perStep(List<String> watchedWeights) {
    List<Column> columns = new ArrayList<>(List.of(ITERATION, LOSS, LOG_LEARNING_RATE));
    watchedWeights.forEach(weight -> columns.add(logNorm(weight)));
    return List.copyOf(columns);
  }

  /** The column of that name in a file: {@link #ITERATION}, else one of doubles. */
  public static Column named(String name) {
    return name.equals(ITERATION.name) ? ITERATION : real(name);
  }

  private static Column real(String name) {
    return new Column(name, Kind.REAL);
  }
}
