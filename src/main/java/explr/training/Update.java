package explr.training;

import ai.djl.ndarray.NDArray;
import explr.network.Layout;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import java.util.List;

/**
 * The update of an optimizer on flat arrays of all weights.
 *
 * <p>What changes from step to step are numbers, which lie on the host or on a device; the
 * operations are always the same.
 */
sealed interface Update permits MomentumUpdate, NesterovUpdate, DecoupledUpdate {

  /**
   * The update of an optimizer.
   *
   * @throws IllegalArgumentException if this project does not train with it, or not such weights
   */
  static Update of(Optimizer optimizer, Layout layout) {
    if (optimizer instanceof Optimizer.Momentum) {
      return new MomentumUpdate();
    }
    if (optimizer instanceof Optimizer.Nesterov) {
      return new NesterovUpdate();
    }
    if (!optimizer.decoupled()) {
      throw new IllegalArgumentException(
          "networks are not trained with %s; choose momentum SGD, Nesterov's momentum or an optimizer with decoupled decay"
              .formatted(optimizer));
    }
    return new DecoupledUpdate(optimizer, Direction.of(optimizer, layout));
  }

  /** The optimizer. */
  Optimizer optimizer();

  /** How many numbers a step has. */
  int count();

  /**
   * The numbers of step t for a run that is kept at the scale c = 2^k, in the order of the factors.
   *
   * @param scaleExponent k
   */
  double[] numbers(Rates rates, long t, int scaleExponent);

  /**
   * Changes weights and buffers.
   *
   * @param gradient of the present weights
   * @param buffers in the optimizer's order
   * @param factors of the step
   */
  void apply(NDArray weights, NDArray gradient, List<NDArray> buffers, List<Factor> factors);

  /** Refuses rates that correct a buffer if the optimizer's twin makes no corrections. */
  static void refuseCorrection(Rates rates, long t, String optimizer, String conversion) {
    if (rates.correction(t) != 0) {
      throw new IllegalArgumentException(
          "%s has no corrections of its buffer, but these rates have one at iteration %d; convert with %s"
              .formatted(optimizer, t, conversion));
    }
  }

  /**
   * c^(1−d) η_t, the rate of a run that is kept at the scale c, where the step is of degree d.
   *
   * @param scaleExponent k
   */
  static double rate(Rates rates, long t, int scaleExponent, int stepDegree) {
    return BinaryRate.ofLogarithm(rates.logLearningRate(t))
        .timesPowerOfTwo((1L - stepDegree) * scaleExponent)
        .value();
  }
}
