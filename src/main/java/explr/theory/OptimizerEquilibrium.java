package explr.theory;

import explr.optimizer.Optimizer;
import explr.schedule.Rates;

/**
 * The equilibrium of an optimizer with constant rate, decay and momentum: the angle by which each
 * step rotates scale-invariant weights, and the time to reach it.
 *
 * <p>Let c_k be the correlation of steps that are k iterations apart, and κ = 1 + 2 Σ_{k≥1} c_k.
 * With decoupled decay the angle per step settles at
 *
 * <pre>
 *   √(2ηλ/κ)
 * </pre>
 *
 * whatever the size of gradients and steps. Derivation: with ρ = 1 − ηλ the weights are the sum of
 * all steps so far, θ_t = −η Σ_{j≥0} ρ^j u_{t−1−j}. Let C be the mean of |u|², A_0 that of |θ_t|²,
 * A_1 that of ⟨θ_t, θ_{t+1}⟩, and S = Σ_{k≥1} ρ^k c_k. Then
 *
 * <pre>
 *   A_0 = η² C (1 + 2S) / (1 − ρ²),   A_1 = ρ A_0 + η² C S/ρ
 *   1 − A_1/A_0 = ηλ (1 − ηλ S/ρ) / (1 + 2S)
 * </pre>
 *
 * In many dimensions A_1/A_0 is the cosine of the angle per step; as ηλ → 0 this is the formula
 * above. {@link #anglePerStep} gives the exact form.
 *
 * <p>Where gradients are independent from step to step, κ follows from the optimizer alone:
 *
 * <table>
 * <caption>κ and the squared angle per step</caption>
 * <tr><th>optimizer</th><th>κ</th><th>squared angle</th></tr>
 * <tr><td>SGDW, AdamW with β₂ → 1, Muon of wide matrices</td><td>(1 + γ)/(1 − γ)</td>
 *     <td>2ηλ (1 − γ)/(1 + γ)</td></tr>
 * <tr><td>Muon with Nesterov's momentum</td><td>(1 + γ)/((1 − γ)(1 + 2γ − 2γ³))</td>
 *     <td>2ηλ (1 − γ)(1 + 2γ − 2γ³)/(1 + γ)</td></tr>
 * <tr><td>signSGD</td><td>1 + (4/π) Σ arcsin γ^k</td><td>2ηλ/κ; 2ηλ for γ = 0</td></tr>
 * <tr><td>Lion</td><td>1 + (4/π) Σ arcsin r_k</td><td>2ηλ/κ</td></tr>
 * <tr><td>SGD with L2 decay</td><td></td><td>2ηλ/(1 + γ): Theorem C.2</td></tr>
 * <tr><td>SGD with L2 decay and Nesterov's momentum</td><td></td>
 *     <td>2ηλ (1 + 2γ − 2γ³)/(1 + γ)</td></tr>
 * </table>
 *
 * <p>In the last two rows decay passes through the buffer, which multiplies ηλ by 1/(1 − γ). For
 * Lion r_k = r_1 β₂^(k−1), r_1 = β₁(1 − β₂)(1 − β₁ + β₁β₂/(1 + β₂)) / ((1 − β₁)² + β₁²(1 − β₂)/(1 +
 * β₂)).
 *
 * <p>Exact for any gradients, as long-run means: D/R = 2ηλ/(1 + γ) for SGD with L2 decay and 2ηλ(1
 * − γ)/(1 + γρ) for SGDW, with R the mean of |θ|² and D that of the squared step. For SGDW take the
 * inner product of θ_{t+1} − ρθ_t = γ(θ_t − ρθ_{t−1}) − ηg_t with θ_t, where ⟨g_t, θ_t⟩ = 0: A_1 −
 * ρA_0 = γ(A_0 − ρA_1). To the extent that AdamW's v is constant, the same holds for AdamW in the
 * norm Σ √v_i θ_i², because its step g_i/√v_i times √v_i θ_i sums to 0 too; in |θ|² it holds if the
 * entries of v are similar.
 *
 * <p>Accuracy for independent gradients: within 1 % in simulations with 256 weights; Muon's angle
 * is 4 % larger for matrices of 4 × 64 and 13 % for 16 × 16, because its five iterations and square
 * matrices reduce the correlation of steps. AdamW needs 1 − β₂ ≪ 1 − β₁. Where gradients resemble
 * those of the steps before, as in a network, orthogonality says nothing about the steps of Lion,
 * signSGD and Muon, and their angle deviates: with each gradient eight times in a row Lion's is a
 * third smaller.
 *
 * <p>Sources: Li &amp; Arora 2020, Theorem C.2, for SGD. Wan et al. 2021 (arXiv 2006.08419) prove,
 * under assumptions on the gradients, that SGD approaches this angle. Kosson et al. 2024 (arXiv
 * 2305.17212) derive AdamW's from a random walk. For Lion their published code has (π/2) ((1 − β₁)²
 * + β₁²(1 − β₂)/(1 + β₂)) in place of 1/κ, which follows from (2/π) r in place of (2/π) arcsin r;
 * the angle is larger by 0.8 % at β = (0.9, 0.99), by 3 % at (0.95, 0.98). Of these papers only
 * abstracts and published code were read. The forms for signSGD and Muon, and those exact in ηλ,
 * are derived here.
 *
 * @param optimizer the update rule; its β₂ is that of iteration 0
 * @param learningRate η &gt; 0
 * @param weightDecay λ &gt; 0, ηλ &lt; 1
 * @param momentum γ or β₁ in [0, 1)
 */
public record OptimizerEquilibrium(
    Optimizer optimizer, double learningRate, double weightDecay, double momentum) {

  /** Refuses values that have no equilibrium. */
  public OptimizerEquilibrium {
    Rates.check(0, learningRate, weightDecay, momentum);
    if (!(learningRate * weightDecay > 0 && learningRate * weightDecay < 1)) {
      throw new IllegalArgumentException(
          "an equilibrium needs a learning rate and a weight decay with 0 < ηλ < 1, not %s and %s"
              .formatted(learningRate, weightDecay));
    }
  }

  /** ηλ. */
  private double decay() {
    return learningRate * weightDecay;
  }

  /** κ, the sum of the correlations of a step with itself and with all others; 1 or more. */
  public double correlation() {
    return 1 + 2 * StepCorrelation.of(optimizer, momentum).sum(1);
  }

  /** The angle of one step in radians. */
  public double anglePerStep() {
    if (optimizer instanceof Optimizer.Nesterov) {
      return Math.sqrt(2 * decay() / ((1 - momentum) * correlation()));
    }
    if (!optimizer.decoupled()) {
      return new Equilibrium(learningRate, weightDecay, momentum).anglePerStep();
    }
    double rho = 1 - decay();
    double sum = StepCorrelation.of(optimizer, momentum).sum(rho);
    double oneMinusCosine = decay() * (1 - decay() * sum / rho) / (1 + 2 * sum);
    return 2 * Math.asin(Math.sqrt(oneMinusCosine / 2));
  }

  /**
   * 1/(ηλ), or (1 − γ)/(ηλ) where decay is part of the gradient: the number of iterations in which
   * the share of the current weights in later ones falls to 1/e.
   */
  public double memory() {
    return (optimizer.decoupled() ? 1 : 1 - momentum) / decay();
  }

  /**
   * The number of iterations in which |θ| to the power of {@link #relaxingPower} approaches its
   * equilibrium by a factor of e: half of {@link #memory} where steps keep their size, a quarter
   * where they shrink as the gradient does.
   *
   * <p>Averaged over steps, R = |θ|² changes by −2ηλR + η²κC in each, where C is the mean of |u|².
   * That is linear in R where C does not depend on R. Where C = C_1/R it is linear in R². Accurate
   * to a few percent if the time scale of momentum, 1/(1 − γ), is much shorter.
   */
  public double relaxation() {
    return memory() / relaxingPower();
  }

  /** The power of |θ| that relaxes exponentially: 2 for steps of degree 0, 4 for degree −1. */
  public int relaxingPower() {
    return optimizer.stepDegree() == 0 ? 2 : 4;
  }
}
