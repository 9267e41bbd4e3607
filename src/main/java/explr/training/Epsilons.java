package explr.training;

import explr.engine.Network;
import java.util.Arrays;

/**
 * The ε of a network's normalisations, which follow the size of its weights: where what is
 * normalised has degree d, weights times c need ε c^(2d). Only then is the equivalence exact
 * although ε is not negligible.
 */
final class Epsilons {

  private final Network network;
  private final Degrees degrees;
  private final double epsilon;
  private double logScale;
  private int scaleExponent;

  /**
   * Of a network at its start.
   *
   * @param epsilon what normalisations add to the variance, as the network was opened with
   */
  Epsilons(Network network, Degrees degrees, double epsilon) {
    this.network = network;
    this.degrees = degrees;
    this.epsilon = epsilon;
  }

  /**
   * Follows weights that are P times those of the run they stand for.
   *
   * @param logScale ln P
   */
  void follow(double logScale) {
    if (logScale != this.logScale) {
      this.logScale = logScale;
      update();
    }
  }

  /**
   * Follows weights that are kept at the scale 2^k.
   *
   * @param exponent k
   */
  void scale(int exponent) {
    if (exponent != scaleExponent) {
      scaleExponent = exponent;
      update();
    }
  }

  /** Below the normal numbers ε would lose its bits, and at 0 a constant channel would give 0/0. */
  private void update() {
    network.setEpsilons(
        Arrays.stream(degrees.normalizations())
            .mapToDouble(
                d -> Math.scalb(epsilon * Math.exp(2 * d * logScale), 2 * d * scaleExponent))
            .map(value -> Math.max(value, Float.MIN_NORMAL))
            .toArray());
  }
}
