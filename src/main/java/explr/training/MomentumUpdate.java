package explr.training;

import ai.djl.ndarray.NDArray;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import java.util.List;

/**
 * Momentum SGD in the paper's form (Li &amp; Arora 2020, Definition 1.2), with corrections of the
 * buffer.
 *
 * <p>Its numbers: κ / (c²η), which times the weights is added to the buffer before the step; γ; λ /
 * c²; −c²η.
 */
record MomentumUpdate() implements Update {

  @Override
  public Optimizer optimizer() {
    return new Optimizer.Momentum();
  }

  @Override
  public int count() {
    return 4;
  }

  @Override
  public double[] numbers(Rates rates, long t, int scaleExponent) {
    if (rates.bufferFactor(t) != 1) {
      throw new IllegalArgumentException(
          "momentum SGD does not scale its buffer, and these rates scale it by %s at iteration %d; train with the optimizer that they were converted for"
              .formatted(rates.bufferFactor(t), t));
    }
    double rate = Update.rate(rates, t, scaleExponent, optimizer().stepDegree());
    double correction = rates.correction(t);
    return new double[] {
      correction == 0 ? 0 : correction / rate,
      rates.momentum(t),
      Math.scalb(rates.weightDecay(t), -2 * scaleExponent),
      -rate
    };
  }

  @Override
  public void apply(
      NDArray weights, NDArray gradient, List<NDArray> buffers, List<Factor> factors) {
    NDArray buffer = buffers.get(0);
    factors.get(0).addProductUnlessZero(weights, buffer);
    factors.get(1).multiply(buffer);
    buffer.addi(gradient);
    factors.get(2).addProductUnlessZero(weights, buffer);
    factors.get(3).addProduct(buffer, weights);
  }
}
