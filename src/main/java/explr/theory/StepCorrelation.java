package explr.theory;

import explr.optimizer.Optimizer;
import java.util.function.DoubleUnaryOperator;

/**
 * How much each step of an optimizer resembles the steps before it, where gradients are independent
 * from one iteration to the next.
 *
 * <p>The vector along which an optimizer steps, or whose signs it takes, is Σ_k w_k g_{t−k} with
 * w_k = w_1 q^(k−1) for k ≥ 1. Its autocorrelation is r_k = r_1 q^(k−1) with
 *
 * <pre>
 *   r_1 = (w_0 w_1 + w_1² q/(1 − q²)) / (w_0² + w_1²/(1 − q²))
 * </pre>
 *
 * and that of the steps is c_k = f(r_k): f(r) = r where the step is linear in gradients, f(r) =
 * (2/π) arcsin r for the signs of normally distributed numbers.
 *
 * @param first r_1
 * @param ratio q in [0, 1)
 * @param ofStep f
 */
record StepCorrelation(double first, double ratio, DoubleUnaryOperator ofStep) {

  /** A smaller correlation does not change the sum in double precision. */
  private static final double NEGLIGIBLE = 1e-18;

  private static final DoubleUnaryOperator SIGNS = r -> 2 / Math.PI * Math.asin(r);

  /**
   * The correlation of an optimizer's steps.
   *
   * @param momentum γ or β₁, constant; β₂ is that of iteration 0
   */
  static StepCorrelation of(Optimizer optimizer, double momentum) {
    if (optimizer instanceof Optimizer.Lion lion) {
      double beta2 = Optimizer.beta2(lion.beta2(), 0);
      return of(1 - momentum, momentum * (1 - beta2), beta2, SIGNS);
    }
    boolean ahead =
        optimizer instanceof Optimizer.Nesterov
            || optimizer instanceof Optimizer.Muon muon && muon.nesterov();
    return of(
        ahead ? 1 + momentum : 1,
        ahead ? momentum * momentum : momentum,
        momentum,
        optimizer instanceof Optimizer.SignSgd ? SIGNS : DoubleUnaryOperator.identity());
  }

  private static StepCorrelation of(double w0, double w1, double ratio, DoubleUnaryOperator f) {
    double rest = w1 * w1 / (1 - ratio * ratio);
    return new StepCorrelation((w0 * w1 + ratio * rest) / (w0 * w0 + rest), ratio, f);
  }

  /** Σ_{k≥1} ρ^k c_k. */
  double sum(double rho) {
    double sum = 0;
    double power = rho;
    for (double r = first; r > NEGLIGIBLE; r *= ratio) {
      sum += power * ofStep.applyAsDouble(r);
      power *= rho;
    }
    return sum;
  }
}
