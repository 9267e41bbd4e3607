package explr.paper;

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
public final class SyntheticRuns {

  public static final String WEIGHT = "block2.conv1";

  private static final int ITERATIONS_PER_EPOCH = 391;

  /** By which gradients lengthen w: ‖w‖² is 400 η in equilibrium at the paper's η and λ. */
  private static final double FORCE = 40.0 * 40.0 * 5e-4 / 0.1;

  /** η/‖w‖² in equilibrium at the paper's η and λ. */
  private static final double EFFECTIVE = 0.1 / 40;

  private SyntheticRuns() {}

  /** A run whose rate grows by so many powers of ten an epoch; 0 for a run with weight decay. */
  public static Table run(long seed, int epochs, double logGrowth) {
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

  /** A value of each epoch, counted from 0. */
  interface ByEpoch {
    double at(int epoch);
  }

  /** A first value, ten times smaller after each of these epochs: of 80 and 120, say. */
  static ByEpoch stepped(double first, int... after) {
    return epoch -> first / Math.pow(10, IntStream.of(after).filter(m -> m <= epoch).count());
  }

  /**
   * A run whose rate and decay change by the epoch, as momentum 0.9 would have it: ‖w‖⁴ relaxes to
   * its equilibrium, angle and noise follow η/‖w‖², and accuracy suffers from the noise.
   *
   * @param rate η of the run with weight decay
   * @param decay λ of it
   * @param twin whether this is the run without weight decay that equals it
   */
  static Table phases(long seed, int epochs, ByEpoch rate, ByEpoch decay, boolean twin) {
    SplittableRandom random = new SplittableRandom(seed);
    DoubleColumn epoch = real(Column.EPOCH);
    LongColumn iteration = LongColumn.create(Column.ITERATION.name());
    DoubleColumn test = real(Column.TEST_ACCURACY);
    DoubleColumn logRate = real(Column.LOG_LEARNING_RATE);
    DoubleColumn growth = real(Column.GROWTH);
    DoubleColumn angle = real(Column.angle(WEIGHT));
    double fourth = 41.0 * 41.0;
    double logScale = 0;
    for (int e = 0; e < epochs; e++) {
      double perStep = rate.at(e) * decay.at(e) / 0.1;
      double equilibrium = FORCE * rate.at(e) / decay.at(e);
      double left = Math.exp(-4 * perStep * ITERATIONS_PER_EPOCH);
      fourth = equilibrium + (fourth - equilibrium) * left;
      double effective = rate.at(e) / Math.sqrt(fourth);
      logScale += perStep * ITERATIONS_PER_EPOCH / Math.log(10);
      epoch.append(e + 1);
      iteration.append((e + 1L) * ITERATIONS_PER_EPOCH);
      double noise = Math.sqrt(effective / EFFECTIVE);
      double risen = 1 - Math.exp(-Math.pow((e + 1) / 4.0, 0.55));
      test.append(risen * 0.95 - 0.07 * noise + 0.008 * noise * noise(random));
      logRate.append(Math.log10(rate.at(e)) + (twin ? 2 * logScale : 0));
      growth.append(twin ? Math.expm1(2 * perStep) : 0);
      angle.append(0.37 * effective / EFFECTIVE * (1 + 0.02 * noise(random)));
    }
    return Table.create("seed " + seed, epoch, iteration, test, logRate, growth, angle);
  }

  private static DoubleColumn real(Column column) {
    return DoubleColumn.create(column.name());
  }

  /** Roughly normal. */
  private static double noise(SplittableRandom random) {
    return random.doubles(3).sum() * 2 - 3;
  }
}
