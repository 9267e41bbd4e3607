package explr.conversion;

import explr.schedule.Rates;

/**
 * The run without weight decay of Nesterov's momentum in PyTorch's form with decay in the gradient,
 * d = ∇L + λ_t θ, v ← γ_t v + d, θ ← θ − η_t (d + γ_t v), for any schedules.
 *
 * <p>It is exact, but not a Nesterov run: gradient and buffer have other coefficients,
 *
 * <pre>
 *   ṽ ← a_t ṽ + b_t g̃,   θ̃ ← θ̃ − c_t (g̃ + l_t ṽ),   g̃ = ∇L(θ̃)
 * </pre>
 *
 * with u_0 = 0, P_0 = 1 and
 *
 * <pre>
 *   α_t = 1 − η_t λ_t (1 + γ_t) − η_t γ_t² u_t,   u_{t+1} = (λ_t + γ_t u_t) / α_t,   P_{t+1} = P_t / α_t
 *   a_t = γ_t α_t (1 + u_{t+1} η_t γ_t),   b_t = α_t (1 + u_{t+1} η_t (1 + γ_t))
 *   c_t = P_t P_{t+1} η_t / (1 + u_{t+1} η_t γ_t),   l_t = γ_t / α_t
 * </pre>
 *
 * Then θ̃_t = P_t θ_t and ṽ_t = (v_t − u_t θ_t) / P_t. Without decay a = l = γ, b = 1, c = η.
 *
 * <p>Proof. With v = P ṽ + uθ the step with decay is linear in θ, ṽ and g; α is the coefficient of
 * θ in θ_{t+1}, and the choice of u_{t+1} removes θ from the new buffer. Dividing by P_{t+1} and
 * using g = P_t g̃ (Li &amp; Arora 2020, Lemma 1.3) gives the coefficients. It exists while α_t
 * &gt; 0.
 */
public final class NesterovTwin {

  private final Rates original;
  private final double[] logScale;
  private final double[] logRate;
  private final double[] kept;
  private final double[] taken;
  private final double[] lookAhead;
  private final double[] bufferOffset;

  private NesterovTwin(Rates original, int iterations) {
    this.original = original;
    logScale = new double[iterations + 1];
    logRate = new double[iterations];
    kept = new double[iterations];
    taken = new double[iterations];
    lookAhead = new double[iterations];
    bufferOffset = new double[iterations + 1];
  }

  /**
   * The equivalent run without weight decay.
   *
   * @param rates η_t ≥ 0, λ_t ≥ 0, γ_t in [0, 1), read as Nesterov's momentum; no corrections
   * @throws IllegalArgumentException naming the iteration where a value is out of range, or where α
   *     is not positive
   */
  public static NesterovTwin of(Rates rates) {
    NesterovTwin twin = new NesterovTwin(rates, Twin.length(rates));
    LogScale scale = new LogScale();
    for (int t = 0; t < twin.kept.length; t++) {
      double rate = rates.learningRate(t);
      double decay = rates.weightDecay(t);
      double momentum = rates.momentum(t);
      Rates.check(t, rate, decay, momentum);
      TexpPlusPlus.refuseCorrection(rates, t);
      double offset = twin.bufferOffset[t];
      double oneMinusAlpha = rate * (decay * (1 + momentum) + momentum * momentum * offset);
      double alpha = 1 - oneMinusAlpha;
      if (!(alpha > 0)) {
        throw new IllegalArgumentException(
            "this run has no equivalent without weight decay: at iteration %d, with learning rate %s, weight decay %s and Nesterov momentum %s, α = %s is not positive"
                .formatted(t, rate, decay, momentum, alpha));
      }
      double next = (decay + momentum * offset) / alpha;
      double shared = 1 + next * rate * momentum;
      twin.kept[t] = momentum * alpha * shared;
      twin.taken[t] = alpha * (1 + next * rate * (1 + momentum));
      twin.lookAhead[t] = momentum / alpha;
      twin.bufferOffset[t + 1] = next;
      scale.divideBy(oneMinusAlpha, alpha);
      twin.logScale[t + 1] = scale.value();
      twin.logRate[t] =
          rates.logLearningRate(t)
              + twin.logScale[t]
              + twin.logScale[t + 1]
              - Math.log1p(next * rate * momentum);
    }
    return twin;
  }

  /** The run with weight decay that this one is equivalent to. */
  public Rates original() {
    return original;
  }

  /** The number of iterations T. */
  public long iterations() {
    return kept.length;
  }

  /** ln c_t; −∞ where the rate is 0. */
  public double logRate(long iteration) {
    return logRate[Twin.index(iteration, logRate)];
  }

  /** a_t, the factor of the buffer. */
  public double kept(long iteration) {
    return kept[Twin.index(iteration, kept)];
  }

  /** b_t, the factor of the gradient. */
  public double taken(long iteration) {
    return taken[Twin.index(iteration, taken)];
  }

  /** l_t, the factor of the new buffer in the step. */
  public double lookAhead(long iteration) {
    return lookAhead[Twin.index(iteration, lookAhead)];
  }

  /** ln P_t. Defined for t = T too. */
  public double logScale(long iteration) {
    return logScale[Twin.index(iteration, logScale)];
  }

  /** u_t: the buffers belong together by ṽ_t = (v_t − u_t θ_t) / P_t. Defined for t = T too. */
  public double bufferOffset(long iteration) {
    return bufferOffset[Twin.index(iteration, bufferOffset)];
  }
}
