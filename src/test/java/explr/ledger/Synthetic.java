package explr.ledger;

import explr.experiment.KnownRun;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import explr.measurement.Column;
import explr.measurement.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Tables of runs that never were, every column a function of the row. */
final class Synthetic {

  static final Profile TENTH = Profile.of("src/test/resources/explr/ledger/tenth.json");
  static final Profile PAPER = Profile.of("paper");
  static final Manifest.Data IMAGES = new Manifest.Data("images", "1234");

  /** Columns of one run; those not set are flat. */
  private IntToDoubleFunction trainAccuracy = row -> 0.5;

  private IntToDoubleFunction testAccuracy = row -> 0.5;
  private IntToDoubleFunction logAngle = row -> -1;
  private IntToDoubleFunction logQuotient = row -> 2;
  private IntToDoubleFunction logRate = row -> -1;
  private IntToDoubleFunction logGrowth = row -> -3;
  private final Random random;
  private final double noise;

  /** Normal noise of so large a deviation is added to what chance decides. */
  Synthetic(long seed, double noise) {
    this.random = new Random(seed);
    this.noise = noise;
  }

  Synthetic with(Quantity quantity, IntToDoubleFunction value) {
    switch (quantity) {
      case TRAIN_ACCURACY -> trainAccuracy = value;
      case TEST_ACCURACY -> testAccuracy = value;
      case LOG_ANGLE -> logAngle = value;
      case LOG_QUOTIENT -> logQuotient = value;
      case LOG_SQUARED_NORM -> logQuotient = row -> value.applyAsDouble(row) + 1;
      case LOG_RATE -> logRate = value;
      case LOG_GROWTH -> logGrowth = value;
    }
    return this;
  }

  /** As many rows as a finished run of the figure has. */
  Table table(Profile profile, PaperFigure figure) {
    return table(figure.epochs(profile) * profile.measurementsPerEpoch(), profile.watched());
  }

  /** The same as a run that was trained here. */
  KnownRun run(Profile profile, PaperFigure figure) {
    return new KnownRun(table(profile, figure), IMAGES, false);
  }

  Table table(int rows, String weight) {
    List<DoubleColumn> columns = new ArrayList<>();
    columns.add(column(Column.TRAIN_ACCURACY, rows, noisy(trainAccuracy)));
    columns.add(column(Column.TEST_ACCURACY, rows, noisy(testAccuracy)));
    columns.add(column(Column.LOG_LEARNING_RATE, rows, logRate));
    columns.add(column(Column.GROWTH, rows, row -> Math.pow(10, logGrowth.applyAsDouble(row))));
    IntToDoubleFunction angle = noisy(logAngle);
    columns.add(column(Column.angle(weight), rows, row -> Math.pow(10, angle.applyAsDouble(row))));
    double[] quotient = IntStream.range(0, rows).mapToDouble(noisy(logQuotient)).toArray();
    columns.add(column(Column.logEffectiveRate(weight), rows, row -> -quotient[row]));
    columns.add(
        column(
            Column.logNorm(weight), rows, row -> (quotient[row] + logRate.applyAsDouble(row)) / 2));
    return Table.create("synthetic", columns.toArray(DoubleColumn[]::new));
  }

  private IntToDoubleFunction noisy(IntToDoubleFunction value) {
    return row -> value.applyAsDouble(row) + noise * random.nextGaussian();
  }

  private static DoubleColumn column(Column column, int rows, IntToDoubleFunction value) {
    return DoubleColumn.create(
        column.name(), IntStream.range(0, rows).mapToDouble(value).toArray());
  }
}
