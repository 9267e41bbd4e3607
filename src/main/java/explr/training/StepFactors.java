package explr.training;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The factors of one step, on the host or in a row of a table on the device.
 *
 * @param all in the order of the methods below
 */
record StepFactors(List<Factor> all) {

  /** How many there are. */
  static final int COUNT = 8;

  /** The numbers of a step, in the order of the factors. */
  static double[] numbers(StepValues values, StatisticsGrowth growth) {
    double mean = growth.common();
    double variance = mean * mean;
    return new double[] {
      values.correction(),
      values.momentum(),
      values.weightDecay(),
      -values.rate(),
      RunningStatistics.KEPT * mean,
      RunningStatistics.TAKEN * mean,
      RunningStatistics.KEPT * variance,
      RunningStatistics.TAKEN * variance
    };
  }

  /** Factors of Java. */
  static StepFactors ofHost(double[] numbers) {
    return new StepFactors(Arrays.stream(numbers).<Factor>mapToObj(Factor.OfHost::new).toList());
  }

  /**
   * Factors on the device. Part of a program.
   *
   * @param numbers {@code (8)}
   */
  static StepFactors onDevice(NDArray numbers) {
    return new StepFactors(
        IntStream.range(0, COUNT)
            .<Factor>mapToObj(i -> new Factor.OnDevice(numbers.get("{}:{}", i, i + 1)))
            .toList());
  }

  /** Times the weights, it is added to the buffer before the step. */
  Factor correction() {
    return all.get(0);
  }

  /** What is kept of the buffer. */
  Factor momentum() {
    return all.get(1);
  }

  /** Times the weights, it is added to the buffer in the step. */
  Factor weightDecay() {
    return all.get(2);
  }

  /** Times the buffer, it is added to the weights. */
  Factor minusRate() {
    return all.get(3);
  }

  /** What is kept of the running means. */
  Factor meansKept() {
    return all.get(4);
  }

  /** What is taken of the batch's means. */
  Factor meansTaken() {
    return all.get(5);
  }

  /** What is kept of the running variances. */
  Factor variancesKept() {
    return all.get(6);
  }

  /** What is taken of the batch's variances. */
  Factor variancesTaken() {
    return all.get(7);
  }
}
