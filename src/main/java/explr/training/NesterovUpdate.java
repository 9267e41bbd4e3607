package explr.training;

import ai.djl.ndarray.NDArray;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import java.util.List;

/**
 * Nesterov's momentum in PyTorch's form, with a factor of the buffer:
 *
 * <pre>
 *   d = ∇L + λθ,   v ← γfv + d,   θ ← θ − η(d + γv)
 * </pre>
 *
 * with f = 1 unless the rates are those of a {@link explr.conversion.NesterovTwin}.
 *
 * <p>Its numbers: γf; λ / c²; −c²η; −c²ηγ.
 */
record NesterovUpdate() implements Update {

  @Override
  public Optimizer optimizer() {
    return new Optimizer.Nesterov();
  }

  @Override
  public int count() {
    return 4;
  }

  @Override
  public double[] numbers(Rates rates, long t, int scaleExponent) {
    Update.refuseCorrection(rates, t, "Nesterov's momentum", "NesterovTwin");
    double rate = Update.rate(rates, t, scaleExponent, optimizer().stepDegree());
    double momentum = rates.momentum(t);
    return new double[] {
      momentum * rates.bufferFactor(t),
      Math.scalb(rates.weightDecay(t), -2 * scaleExponent),
      -rate,
      -rate * momentum
    };
  }

  @Override
  public void apply(
      NDArray weights, NDArray gradient, List<NDArray> buffers, List<Factor> factors) {
    NDArray buffer = buffers.get(0);
    factors.get(0).multiply(buffer);
    try (NDArray decayed = gradient.duplicate()) {
      factors.get(1).addProductUnlessZero(weights, decayed);
      buffer.addi(decayed);
      factors.get(2).addProduct(decayed, weights);
    }
    factors.get(3).addProduct(buffer, weights);
  }
}
