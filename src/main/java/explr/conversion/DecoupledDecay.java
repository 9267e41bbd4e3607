package explr.conversion;

import explr.schedule.Rates;

/**
 * The equivalent of decoupled weight decay, θ ← (1 − λ_t η_t) θ − η_t v with v ← γ_t v + ∇L, as in
 * AdamW (Loshchilov &amp; Hutter 2019) without its preconditioner.
 *
 * <pre>
 *   ρ_t = 1 − λ_t η_t,   P_{t+1} = P_t / ρ_t,   η̃_t = P_t P_{t+1} η_t,   γ̃_t = γ_t ρ_{t−1}
 * </pre>
 *
 * Exact. The growth depends on λη alone, but the momentum becomes smaller, γ̃_0 = γ_0. The buffers
 * belong together by ṽ_t = v_t / P_{t−1}; both start from the same.
 */
public final class DecoupledDecay {

  private DecoupledDecay() {}

  /**
   * The equivalent run without weight decay.
   *
   * @param rates η_t ≥ 0, λ_t ≥ 0, γ_t in [0, 1), read as decoupled decay; no corrections
   * @throws IllegalArgumentException naming the iteration where a value is out of range, or λη ≥ 1
   */
  public static Twin of(Rates rates) {
    Twin.Builder twin = new Twin.Builder();
    convert(rates, twin);
    return twin.build();
  }

  static void convert(Rates rates, TwinSteps twin) {
    twin.begin(rates);
    double remainsBefore = 1;
    long iterations = rates.iterations();
    for (long t = 0; t < iterations; t++) {
      double learningRate = rates.learningRate(t);
      double weightDecay = rates.weightDecay(t);
      Rates.check(t, learningRate, weightDecay, rates.momentum(t));
      TexpPlusPlus.refuseCorrection(rates, t);
      double remains = remains(t, learningRate, weightDecay);
      twin.momentum(rates.momentum(t) * remainsBefore);
      twin.step(learningRate, learningRate * weightDecay, remains, 0);
      remainsBefore = remains;
    }
  }

  /** ρ_t = 1 − λ_t η_t &gt; 0. */
  static double remains(long iteration, double learningRate, double weightDecay) {
    double remains = Math.fma(-learningRate, weightDecay, 1);
    if (!(remains > 0)) {
      throw new IllegalArgumentException(
          ("decoupled decay needs λη < 1, or nothing of the weights is left: at iteration %d λη ="
                  + " %s; lower the rate or the decay")
              .formatted(iteration, learningRate * weightDecay));
    }
    return remains;
  }
}
