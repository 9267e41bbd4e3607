package explr.benchmark;

import explr.statistics.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was measured of a variant.
 *
 * @param variant that was measured
 * @param version what it ran on
 * @param stepsPerTurn how many steps it took in each round
 * @param secondsPerTurn how long they took, a value a round
 * @param losses the mean losses of the first batches; none for what does not train
 * @param secondsToFirstStep from the start of a process to the end of its first step, a value a
 *     start
 * @param peakMegabytes the most memory it held, in 10⁶ bytes; empty where the system does not tell
 */
record Measured(
    Variant variant,
    String version,
    int stepsPerTurn,
    double[] secondsPerTurn,
    List<Double> losses,
    double[] secondsToFirstStep,
    OptionalDouble peakMegabytes) {

  /** Images a second, in each round. */
  double[] imagesPerSecond() {
    double images = (double) stepsPerTurn * variant.workload().batchSize();
    return Arrays.stream(secondsPerTurn).map(seconds -> images / seconds).toArray();
  }

  /** 10⁹ floating point operations a second, in each round. */
  double[] gigaflopsPerSecond() {
    double operations = stepsPerTurn * variant.gigaflopsPerStep();
    return Arrays.stream(secondsPerTurn).map(seconds -> operations / seconds).toArray();
  }

  /** Milliseconds of a step, in each round. */
  double[] millisecondsPerStep() {
    return Arrays.stream(secondsPerTurn).map(seconds -> 1000 * seconds / stepsPerTurn).toArray();
  }

  /** Steps a second, in each round. */
  private double[] stepsPerSecond() {
    return Arrays.stream(secondsPerTurn).map(seconds -> stepsPerTurn / seconds).toArray();
  }

  /**
   * How many times as fast as another it takes its steps: the ratio of the medians, with the
   * smallest and the largest ratio within a round.
   */
  Spread speedAgainst(Measured other) {
    double[] mine = stepsPerSecond();
    double[] theirs = other.stepsPerSecond();
    if (mine.length != theirs.length) {
      throw new IllegalArgumentException(
          "%s was measured in %d rounds and %s in %d: only rounds of one run can be compared"
              .formatted(variant.id(), mine.length, other.variant.id(), theirs.length));
    }
    double[] ratios = new double[mine.length];
    Arrays.setAll(ratios, round -> mine[round] / theirs[round]);
    Spread within = Spread.of(ratios);
    double ofMedians = Spread.of(mine).median() / Spread.of(theirs).median();
    return new Spread(ofMedians, within.low(), within.high());
  }
}
