package explr.figure;

import explr.measurement.Column;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * Tables shaped like those of real runs: accuracies that rise with noise, and norms and rates that
 * obey ‖w‖⁴ relaxing to its equilibrium.
 */
final class SyntheticRuns {

  static final String WEIGHT = "block2.conv1";

  private static final int ITERATIONS_PER_EPOCH = 391;

  private SyntheticRuns() {}

  /** A run whose rate grows by so many powers of ten an epoch; 0 for a run with weight decay. */
  static Table run(long seed, int epochs, double logGrowth) {
    SplittableRandom random = new SplittableRandom(seed);
    IntColumn epoch = IntColumn.create(Column.EPOCH.name());
    LongColumn iteration = LongColumn.create(Column.ITERATION.name());
    DoubleColumn train = real(Column.TRAIN_ACCURACY);
    DoubleColumn test = real(Column.TEST_ACCURACY);
    DoubleColumn rate = real(Column.LOG_LEARNING_RATE);
    DoubleColumn norm = real(Column.logNorm(WEIGHT));
    DoubleColumn effective = real(Column.logEffectiveRate(WEIGHT));
    for (int e : IntStream.rangeClosed(1, epochs).toArray()) {
      double risen = 1 - Math.exp(-Math.pow(e / 4.0, 0.55));
      double late = e / (e + 25.0);
      epoch.append(e);
      iteration.append((long) e * ITERATIONS_PER_EPOCH);
      train.append(0.3 + 0.57 * risen + 0.04 * late + 0.002 * noise(random));
      test.append(0.3 + 0.56 * risen + 0.035 * late - 0.006 + 0.008 * noise(random));
      double quotient = Math.log10(400 + 60 * Math.exp(-e / 3.0) + 4 * noise(random));
      rate.append(-1 + logGrowth * e);
      norm.append((quotient - 1 + logGrowth * e) / 2);
      effective.append(-quotient);
    }
    return Table.create("seed " + seed, epoch, iteration, train, test, rate, norm, effective);
  }

  private static DoubleColumn real(Column column) {
    return DoubleColumn.create(column.name());
  }

  /** Roughly normal. */
  private static double noise(SplittableRandom random) {
    return random.doubles(3).sum() * 2 - 3;
  }
}
