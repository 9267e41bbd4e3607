package explr.training;

import ai.djl.ndarray.NDArray;
import explr.schedule.Rates;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The factors of one step, on the host or in a row of a table on the device.
 *
 * @param all those of the optimizer's {@link Update}, then four of the running statistics
 */
record StepFactors(List<Factor> all) {

  private static final int STATISTICS = 4;

  /** How many an update has, with the statistics. */
  static int count(Update update) {
    return update.count() + STATISTICS;
  }

  /**
   * The numbers of step t for a run that is kept at the scale 2^k, in the order of the factors.
   *
   * @param scaleExponent k
   */
  static double[] numbers(
      Update update, Rates rates, long t, int scaleExponent, StatisticsGrowth growth) {
    double mean = growth.common();
    double variance = mean * mean;
    double[] own = update.numbers(rates, t, scaleExponent);
    double[] numbers = Arrays.copyOf(own, own.length + STATISTICS);
    numbers[own.length] = RunningStatistics.KEPT * mean;
    numbers[own.length + 1] = RunningStatistics.TAKEN * mean;
    numbers[own.length + 2] = RunningStatistics.KEPT * variance;
    numbers[own.length + 3] = RunningStatistics.TAKEN * variance;
    return numbers;
  }

  /** Factors of Java. */
  static StepFactors ofHost(double[] numbers) {
    return new StepFactors(Arrays.stream(numbers).<Factor>mapToObj(Factor.OfHost::new).toList());
  }

  /**
   * Factors on the device. Part of a program.
   *
   * @param numbers {@code (count)}
   */
  static StepFactors onDevice(NDArray numbers) {
    return new StepFactors(
        IntStream.range(0, (int) numbers.size())
            .<Factor>mapToObj(i -> new Factor.OnDevice(numbers.get("{}:{}", i, i + 1)))
            .toList());
  }

  /** Those of the optimizer's update. */
  List<Factor> ofUpdate() {
    return all.subList(0, all.size() - STATISTICS);
  }

  /** What is kept of the running means. */
  Factor meansKept() {
    return statistic(0);
  }

  /** What is taken of the batch's means. */
  Factor meansTaken() {
    return statistic(1);
  }

  /** What is kept of the running variances. */
  Factor variancesKept() {
    return statistic(2);
  }

  /** What is taken of the batch's variances. */
  Factor variancesTaken() {
    return statistic(3);
  }

  private Factor statistic(int index) {
    return all.get(all.size() - STATISTICS + index);
  }
}
