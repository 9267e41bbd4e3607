package explr.ledger;

import explr.experiment.Profile;
import explr.measurement.Column;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** What a run is measured by in every period, made of the columns of its table. */
enum Quantity {
  /** Share of the training images. */
  TRAIN_ACCURACY("training accuracy") {
    @Override
    double[] of(Table table, String weight) {
      return column(table, Column.TRAIN_ACCURACY);
    }
  },

  /** Share of the test images. */
  TEST_ACCURACY("test accuracy") {
    @Override
    double[] of(Table table, String weight) {
      return column(table, Column.TEST_ACCURACY);
    }
  },

  /** Its logarithm, because what decides it are factors. */
  LOG_ANGLE("log10 of the angle between the ends of successive periods") {
    @Override
    double[] of(Table table, String weight) {
      return DoubleStream.of(column(table, Column.angle(weight))).map(Math::log10).toArray();
    }
  },

  /** Constant where norm and rate grow alike. */
  LOG_QUOTIENT("log10 ‖w‖²/η") {
    @Override
    double[] of(Table table, String weight) {
      return times(-1, column(table, Column.logEffectiveRate(weight)));
    }
  },

  /** Twice the column of the norm. */
  LOG_SQUARED_NORM("log10 ‖w‖²") {
    @Override
    double[] of(Table table, String weight) {
      return times(2, column(table, Column.logNorm(weight)));
    }
  },

  /** Decided by the schedule. */
  LOG_RATE("log10 η") {
    @Override
    double[] of(Table table, String weight) {
      return column(table, Column.LOG_LEARNING_RATE);
    }
  },

  /** Decided by the schedule. */
  LOG_GROWTH("log10 of the growth η_t/η_(t−1) − 1") {
    @Override
    double[] of(Table table, String weight) {
      return DoubleStream.of(column(table, Column.GROWTH)).map(Math::log10).toArray();
    }
  };

  /** The part of the test images that are right in one of two equally good networks alone. */
  private static final double DISAGREEMENT = 0.1;

  /** Of log10 of an angle: what three seeds of each kind showed at the profile {@code sample}. */
  private static final double ANGLE = 0.03;

  /** Of log10 of a norm: the same. */
  private static final double NORM = 0.13;

  /** Of a deviation that was estimated from three seeds of each of two kinds. */
  private static final double DEGREES = 4;

  private final String words;

  Quantity(String words) {
    this.words = words;
  }

  /** A value for each row. */
  abstract double[] of(Table table, String weight);

  /** Whether the schedule alone decides it. */
  boolean exact() {
    return this == LOG_RATE || this == LOG_GROWTH;
  }

  /**
   * By how much the means of two runs differ that differ in nothing but chance, as 0 with a
   * standard error: what fluctuation inside a run does not show, because it moves a run as a whole.
   *
   * <p>Of an accuracy √(q/N): of N test images the share q = 0.1 is classified correctly by one of
   * the two networks and not by the other, as often in favour of this as of that; that is a
   * judgement and no estimate. Training accuracy, of more images, is given as much. For norms and
   * angles it is what seeds at a small scale showed. {@link LedgerFiles} writes the three numbers
   * for readers.
   */
  Estimate betweenRuns(Profile profile) {
    return switch (this) {
      case TRAIN_ACCURACY, TEST_ACCURACY ->
          new Estimate(0, Math.sqrt(DISAGREEMENT / profile.testImages()), Double.POSITIVE_INFINITY);
      case LOG_ANGLE -> new Estimate(0, ANGLE, DEGREES);
      case LOG_QUOTIENT, LOG_SQUARED_NORM -> new Estimate(0, NORM, DEGREES);
      case LOG_RATE, LOG_GROWTH -> Estimate.exact(0);
    };
  }

  @Override
  public String toString() {
    return words;
  }

  private static double[] column(Table table, Column column) {
    return table.doubleColumn(column.name()).asDoubleArray();
  }

  private static double[] times(double factor, double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> factor * values[i]).toArray();
  }
}
