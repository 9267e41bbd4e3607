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

  private static final double MOMENTUM = 0.9;

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

  /**
   * Takes up the statistics of the network's last training batch.
   *
   * @param logGrowth ln s
   */
  void update(double logGrowth) {
    boolean alike = logGrowth == 0 || degrees.uniform();
    double factor = alike && logGrowth != 0 ? degrees.firstFactor(logGrowth) : 1;
    move(means, network.batchMeans(), factor);
    move(variances, network.batchVariances(), factor * factor);
    if (!alike) {
      multiply(degrees.factors(logGrowth));
    }
  }

  private static void move(NDArray running, NDArray batch, double factor) {
    running.muli(MOMENTUM * factor);
    try (NDArray scaled = batch.mul((1 - MOMENTUM) * factor)) {
      running.addi(scaled);
    }
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

  /** Goes on from other statistics, exactly. */
  void restore(double[] newMeans, double[] newVariances) {
    Learner.put(network, newMeans, means);
    Learner.put(network, newVariances, variances);
  }
}
