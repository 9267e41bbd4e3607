package explr.benchmark;

import explr.statistics.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The measurements of a variant.
 *
 * @param variant the measured variant
 * @param version of the software it ran on
 * @param stepsPerTurn number of steps in each round
 * @param secondsPerTurn duration of these steps, one value per round
 * @param losses mean losses of the first batches; empty for a variant that does not train
 * @param secondsToFirstStep from the start of a process to the end of its first step, one value per
 *     start
 * @param peakMegabytes peak resident memory in 10⁶ bytes; empty where the system does not report it
 * @param deviceMegabytes memory of the GPU that the process holds after its last turn, in 10⁶
 *     bytes; empty on a CPU and where the driver does not report it
 */
record Measured(
    Variant variant,
    String version,
    int stepsPerTurn,
    double[] secondsPerTurn,
    List<Double> losses,
    double[] secondsToFirstStep,
    OptionalDouble peakMegabytes,
    OptionalDouble deviceMegabytes) {

  /** The measurements of the variant with this id; empty where it was not measured. */
  static Optional<Measured> find(String id, List<Measured> measured) {
    return measured.stream().filter(m -> m.variant.id().equals(id)).findFirst();
  }

  /** Images per second in each round. */
  double[] imagesPerSecond() {
    double images = (double) stepsPerTurn * variant.workload().batchSize();
    return Arrays.stream(secondsPerTurn).map(seconds -> images / seconds).toArray();
  }

  /** 10⁹ floating-point operations per second in each round. */
  double[] gigaflopsPerSecond() {
    double operations = stepsPerTurn * variant.gigaflopsPerStep();
    return Arrays.stream(secondsPerTurn).map(seconds -> operations / seconds).toArray();
  }

  /** Milliseconds per step in each round. */
  double[] millisecondsPerStep() {
    return Arrays.stream(secondsPerTurn).map(seconds -> 1000 * seconds / stepsPerTurn).toArray();
  }

  /** Steps per second in each round. */
  private double[] stepsPerSecond() {
    return Arrays.stream(secondsPerTurn).map(seconds -> stepsPerTurn / seconds).toArray();
  }

  /**
   * The speed relative to another variant: the ratio of the median steps per second, with the
   * smallest and largest ratio within a round.
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

  /**
   * The reference of the ratios of a number type: PyTorch in Python, eager, as most people use it.
   */
  Optional<Measured> base(List<Measured> measured) {
    return measured.stream()
        .filter(m -> m.variant.id().startsWith("pytorch-eager"))
        .filter(m -> m.variant.workload().precision() == variant.workload().precision())
        .findFirst();
  }
}
