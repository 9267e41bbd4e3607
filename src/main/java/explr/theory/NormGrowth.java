package explr.theory;

import explr.schedule.Rates;

/**
 * The squared norms of the weights, from how far each step went.
 *
 * <p>Because the gradient of a scale-invariant loss is orthogonal to the weights, the norms of a
 * run follow from the lengths of its steps alone. With R_t = |θ_t|² and D_t = |θ_{t+1} − θ_t|²,
 * from an empty buffer,
 *
 * <pre>
 *   (R_{t+1} − R_t)/η_t = D_t/η_t + γ_t (R_t − R_{t−1} + D_{t−1})/η_{t−1} − 2 λ_t R_t
 * </pre>
 *
 * Li &amp; Arora 2020, equation 27. For constant rate and no decay it sums to Theorem C.1,
 *
 * <pre>
 *   R_{t+1} = R_0 + Σ_{i≤t} (1 − γ^(t−i+1))/(1 − γ) (D_i + γ D_{i−1}),
 * </pre>
 *
 * so that without decay norms never fall.
 */
public final class NormGrowth {

  private NormGrowth() {}

  /**
   * R_0, …, R_T by equation 27.
   *
   * @param rates η_t &gt; 0; at least as many iterations as there are steps
   * @param initial R_0 ≥ 0
   * @param squaredSteps D_0, …, D_{T−1}
   */
  public static double[] squaredNorms(Rates rates, double initial, double[] squaredSteps) {
    double[] norms = new double[squaredSteps.length + 1];
    norms[0] = initial;
    double carried = 0; // (R_t − R_{t−1} + D_{t−1}) / η_{t−1}
    for (int t = 0; t < squaredSteps.length; t++) {
      double learningRate = rates.learningRate(t);
      if (!(learningRate > 0)) {
        throw new IllegalArgumentException(
            "norms follow from steps where rates are positive; at iteration %d it is %s"
                .formatted(t, learningRate));
      }
      double growth =
          squaredSteps[t]
              + learningRate * (rates.momentum(t) * carried - 2 * rates.weightDecay(t) * norms[t]);
      norms[t + 1] = norms[t] + growth;
      carried = (growth + squaredSteps[t]) / learningRate;
    }
    return norms;
  }

  /**
   * R_T by the sum of Theorem C.1: constant learning rate, no decay.
   *
   * @param momentum γ in [0, 1)
   * @param initial R_0 ≥ 0
   * @param before R_{−1} = |θ_0 + η v_0|²; R_0 from an empty buffer
   * @param squaredStepBefore D_{−1} = |η v_0|²; 0 from an empty buffer
   * @param squaredSteps D_0, …, D_{T−1}
   */
  public static double theoremC1(
      double momentum,
      double initial,
      double before,
      double squaredStepBefore,
      double[] squaredSteps) {
    Rates.check(0, 0, 0, momentum);
    int steps = squaredSteps.length;
    double sum = initial;
    double previous = squaredStepBefore;
    for (int i = 0; i < steps; i++) {
      double weight = (1 - Math.pow(momentum, steps - i)) / (1 - momentum);
      sum += weight * (squaredSteps[i] + momentum * previous);
      previous = squaredSteps[i];
    }
    double weight = momentum * (1 - Math.pow(momentum, steps)) / (1 - momentum);
    return sum + weight * (initial - before);
  }
}
