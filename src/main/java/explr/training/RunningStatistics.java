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

  static final double KEPT = 0.9;
  static final double TAKEN = 1 - KEPT;

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
  void update(StepFactors factors) {
    factors.meansKept().multiply(means);
    factors.meansTaken().addProduct(network.batchMeans(), means);
    factors.variancesKept().multiply(variances);
    factors.variancesTaken().addProduct(network.batchVariances(), variances);
  }

  /** Follows weights that are kept at 2^change times their scale. */
  void scale(int change) {
    multiply(degrees.powersOfTwo(change));
  }

  /** Multiplies means by a factor for each channel, variances by its square; none: all are 1. */
  void multiply(double[] factors) {
    if (factors.length > 0) {
      try (NDArray array =
          Values.of(network.manager(), network.precision(), factors, factors.length)) {
        multiply(array);
      }
    }
  }

  /** The same with factors on the device. */
  void multiply(NDArray factors) {
    means.muli(factors);
    variances.muli(factors).muli(factors);
  }

  /** Lets the network evaluate with them. */
  void use() {
    network.useStatistics(means, variances);
  }

  /**
   * 0 as long as all variances are finite numbers, else not a number.
   *
   * @param zero a factor of 0
   */
  NDArray zeroIfFinite(Factor zero) {
    try (NDArray zeros = zero.times(variances)) {
      return zeros.sum();
    }
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
