package explr.training;

import ai.djl.ndarray.NDArray;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import java.util.List;

/**
 * Adam's direction: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², u = m / (√(v / (1 − Π β₂)) + ε),
 * where 1 − Π β₁ is a factor of the rate, and ε is ε / (cP).
 *
 * @param optimizer its β₂ and ε
 * @param products of its β
 */
record AdamDirection(Optimizer.AdamW optimizer, BetaProducts products) implements Direction {

  @Override
  public int count() {
    return 6;
  }

  @Override
  public double[] numbers(Rates rates, long t, int scaleExponent) {
    double beta1 = rates.momentum(t);
    double beta2 = Optimizer.beta2(optimizer.beta2(), t);
    double epsilon = optimizer.epsilon() * Math.exp(-rates.logScale(t));
    return new double[] {
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      1 / products.bias2(rates, t),
      Math.scalb(epsilon, -scaleExponent)
    };
  }

  @Override
  public double rateFactor(Rates rates, long t) {
    return 1 / products.bias1(rates, t);
  }

  @Override
  public NDArray of(NDArray gradient, List<NDArray> buffers, List<Factor> factors) {
    NDArray mean = buffers.get(0);
    NDArray square = buffers.get(1);
    factors.get(0).multiply(mean);
    factors.get(1).addProduct(gradient, mean);
    factors.get(2).multiply(square);
    try (NDArray squared = gradient.square()) {
      factors.get(3).addProduct(squared, square);
    }
    try (NDArray corrected = factors.get(4).times(square);
        NDArray root = corrected.sqrt()) {
      factors.get(5).addTo(root);
      return mean.div(root);
    }
  }
}
