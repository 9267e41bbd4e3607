package explr.training;

import ai.djl.ndarray.NDArray;
import explr.engine.Network;
import explr.engine.Values;
import java.util.Arrays;

/**
 * The running means and variances that batch normalisation evaluates with, on the device.
 *
 * <p>They follow r ← (0.9 r + 0.1 b) s^d after each step, b being the batch's, s the growth P_{t+1}
 * / P_t of the weights and d the degree of what is normalised (twice it for variances): such
 * activations grow with the weights, and an average over the past would lag behind them. With
 * weight decay s = 1.
 */
final class RunningStatistics {

  private static final double KEPT = 0.9;
  private static final double TAKEN = 1 - KEPT;

  private final Network network;
  private final Degrees degrees;
  private final NDArray means;
  private final NDArray variances;

  /** Means 0 and variances 1. */
  RunningStatistics(Network network, Degrees degrees) {
    this.network = network;
    this.degrees = degrees;
    means = network.batchMeans().zerosLike();
    variances = network.batchMeans().onesLike();
  }

  /** Takes up the statistics of the network's last training batch. */
  void update(StatisticsGrowth growth) {
    double factor = growth.common();
    move(means, network.batchMeans(), factor);
    move(variances, network.batchVariances(), factor * factor);
    multiply(growth.each());
  }

  private static void move(NDArray running, NDArray batch, double factor) {
    running.muli(KEPT * factor);
    try (NDArray scaled = batch.mul(TAKEN * factor)) {
      running.addi(scaled);
    }
  }

  /** The factors of {@link #update(NDArray, NDArray)}: of means kept and taken, of variances. */
  static double[] factors(double common) {
    double squared = common * common;
    return new double[] {KEPT * common, TAKEN * common, KEPT * squared, TAKEN * squared};
  }

  /**
   * The same with factors that lie on the device.
   *
   * @param common {@link #factors}
   * @param each a factor for each channel, or null where all are 1
   */
  void update(NDArray common, NDArray each) {
    move(means, network.batchMeans(), common.get("0:1"), common.get("1:2"));
    move(variances, network.batchVariances(), common.get("2:3"), common.get("3:4"));
    if (each != null) {
      means.muli(each);
      variances.muli(each).muli(each);
    }
  }

  private static void move(NDArray running, NDArray batch, NDArray kept, NDArray taken) {
    running.muli(kept).addi(batch.mul(taken));
  }

  /** Follows weights that are kept at 2^change times their scale. */
  void scale(int change) {
    multiply(degrees.powersOfTwo(change));
  }

  /** Means by the factor of their channel, variances by its square. */
  private void multiply(double[] factors) {
    if (factors.length > 0) {
      try (NDArray array =
          Values.of(network.manager(), network.precision(), factors, factors.length)) {
        means.muli(array);
        variances.muli(array).muli(array);
      }
    }
  }

  /** Lets the network evaluate with them. */
  void use() {
    network.useStatistics(means, variances);
  }

  /** 0 as long as all variances are finite numbers, else not a number. */
  NDArray zeroIfFinite() {
    try (NDArray zeros = variances.mul(0)) {
      return zeros.sum();
    }
  }

  /**
   * The same without a number of Java.
   *
   * @param zero an array of one 0
   */
  NDArray zeroIfFinite(NDArray zero) {
    return variances.mul(zero).sum();
  }

  /** The means, as the layout places them. */
  double[] means() {
    return values(means);
  }

  /** The variances, as the layout places them. */
  double[] variances() {
    return values(variances);
  }

  /** An engine's array has one number at least, also where a network has no statistics. */
  private double[] values(NDArray array) {
    return Arrays.copyOf(Values.values(array), network.layout().statisticCount());
  }

  /** Continues from other statistics, exactly. */
  void restore(double[] newMeans, double[] newVariances) {
    put(newMeans, means);
    put(newVariances, variances);
  }

  private void put(double[] values, NDArray to) {
    if (values.length > 0) {
      try (NDArray array =
          Values.of(network.manager(), network.precision(), values, values.length)) {
        network.copy(array, to);
      }
    }
  }
}
