package explr.training;

import ai.djl.ndarray.NDArray;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import java.util.List;

/**
 * The update of an optimizer with decoupled decay: buffers follow, a direction u is computed from
 * gradient and buffers, and θ ← (1 − ηλ) θ − η u.
 *
 * <p>Its numbers: the factors of linear and of quadratic buffers; 1 − ηλ; −c^(1−d) η times the
 * direction's own factor; then those of the direction.
 *
 * @param optimizer with decoupled decay
 * @param direction of its steps
 */
record DecoupledUpdate(Optimizer optimizer, Direction direction) implements Update {

  private static final int COMMON = 4;

  @Override
  public int count() {
    return COMMON + direction.count();
  }

  @Override
  public double[] numbers(Rates rates, long t, int scaleExponent) {
    Update.refuseCorrection(rates, t, optimizer.toString(), "FollowingBuffers");
    double factor = rates.bufferFactor(t);
    double rate = Update.rate(rates, t, scaleExponent, optimizer.stepDegree());
    double[] own = direction.numbers(rates, t, scaleExponent);
    double[] numbers = new double[COMMON + own.length];
    numbers[0] = factor;
    numbers[1] = factor * factor;
    numbers[2] = 1 - rates.learningRate(t) * rates.weightDecay(t);
    numbers[3] = -rate * direction.rateFactor(rates, t);
    System.arraycopy(own, 0, numbers, COMMON, own.length);
    return numbers;
  }

  @Override
  public void apply(
      NDArray weights, NDArray gradient, List<NDArray> buffers, List<Factor> factors) {
    for (int i = 0; i < buffers.size(); i++) {
      int degree = optimizer.bufferDegrees().get(i);
      factors.get(-degree - 1).multiplyUnlessOne(buffers.get(i));
    }
    List<Factor> own = factors.subList(COMMON, factors.size());
    try (NDArray step = direction.of(gradient, buffers, own)) {
      factors.get(2).multiplyUnlessOne(weights);
      factors.get(3).addProduct(step, weights);
    }
  }
}
