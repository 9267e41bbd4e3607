package explr.conversion;

import explr.schedule.Rates;

/**
 * The run without weight decay of Nesterov's momentum in PyTorch's form with decay in the gradient,
 * d = ∇L + λ_t θ, v ← γ_t v + d, θ ← θ − η_t (d + γ_t v), for any schedules.
 *
 * <p>Gradient and buffer have other coefficients,
 *
 * <pre>
 *   ṽ ← a_t ṽ + b_t g̃,   θ̃ ← θ̃ − c_t (g̃ + l_t ṽ),   g̃ = ∇L(θ̃)
 * </pre>
 *
 * with u_0 = 0, P_0 = 1 and
 *
 * <pre>
 *   α_t = 1 − η_t λ_t (1 + γ_t) − η_t γ_t² u_t,   u_{t+1} = (λ_t + γ_t u_t) / α_t,   P_{t+1} = P_t / α_t
 *   a_t = γ_t α_t (1 + x_t γ_t),   b_t = α_t (1 + x_t (1 + γ_t)),   x_t = η_t u_{t+1}
 *   c_t = P_t P_{t+1} η_t / (1 + x_t γ_t),   l_t = γ_t / α_t
 * </pre>
 *
 * Then θ̃_t = P_t θ_t and ṽ_t = (v_t − u_t θ_t) / P_t. Without decay a = l = γ, b = 1, c = η.
 *
 * <p>With the buffer w_t = ṽ_t / b_{t−1} it is Nesterov's momentum again, without decay, at the
 * rate c_t, with another momentum and a factor of the buffer before each step:
 *
 * <pre>
 *   γ̃_t = l_t b_t = γ_t (1 + x_t (1 + γ_t)),   f_t = a_t b_{t−1} / (b_t γ̃_t) = b_{t−1} (1 + x_t γ_t) / (1 + x_t (1 + γ_t))²
 *   w ← f_t w,   w ← γ̃_t w + g̃,   θ̃ ← θ̃ − c_t (g̃ + γ̃_t w)
 * </pre>
 *
 * These rates drive that run; f_0 = 1, because the buffer starts from 0. The momentum may exceed 1.
 *
 * <p>Proof. With v = P ṽ + uθ the step with decay is linear in θ, ṽ and g; α is the coefficient of
 * θ in θ_{t+1}, and the choice of u_{t+1} removes θ from the new buffer. Dividing by P_{t+1} and
 * using g = P_t g̃ (Li &amp; Arora 2020, Lemma 1.3) gives the coefficients. It exists while α_t
 * &gt; 0; runs where rounding leaves fewer than 13 digits of α are refused.
 */
public final class NesterovTwin implements Rates {

  /** Below this, rounding leaves fewer than 13 digits of α. */
  private static final double LEAST_ACCURATE = 0.01;

  private final Steps steps;

  private NesterovTwin(Steps steps) {
    this.steps = steps;
  }

  /**
   * The equivalent run without weight decay.
   *
   * @param rates η_t ≥ 0, λ_t ≥ 0, γ_t in [0, 1), read as Nesterov's momentum; no corrections
   * @throws IllegalArgumentException naming the iteration where a value is out of range, or where α
   *     is not positive
   */
  public static NesterovTwin of(Rates rates) {
    Steps steps = new Steps();
    convert(rates, steps);
    return new NesterovTwin(steps);
  }

  static void convert(Rates rates, TwinSteps twin) {
    twin.begin(rates);
    double offset = 0;
    double takenBefore = Double.NaN;
    long iterations = rates.iterations();
    for (long t = 0; t < iterations; t++) {
      double rate = rates.learningRate(t);
      double decay = rates.weightDecay(t);
      double momentum = rates.momentum(t);
      Rates.check(t, rate, decay, momentum);
      TexpPlusPlus.refuseCorrection(rates, t);
      double pull = decay * (1 + momentum) + momentum * momentum * offset;
      double oneMinusAlpha = rate * pull;
      double alpha = Math.fma(-rate, pull, 1);
      if (!(alpha > 0)) {
        throw new IllegalArgumentException(
            "this run has no equivalent without weight decay: at iteration %d, with learning rate %s, weight decay %s and Nesterov momentum %s, α = %s is not positive"
                .formatted(t, rate, decay, momentum, alpha));
      }
      if (momentum > 0 && alpha < LEAST_ACCURATE) {
        throw new IllegalArgumentException(
            "at iteration %d, α = %s is so small that rounding leaves too few correct digits; lower the rate or the decay"
                .formatted(t, alpha));
      }
      offset = (decay + momentum * offset) / alpha;
      double x = rate * offset;
      double more = 1 + x * (1 + momentum);
      twin.momentum(momentum * more);
      twin.bufferFactor(t == 0 ? 1 : takenBefore * (1 + x * momentum) / (more * more));
      twin.logRateFactor(-Math.log1p(x * momentum));
      twin.step(rate, oneMinusAlpha, alpha, offset);
      takenBefore = alpha * more;
    }
  }

  /** With α_t and u_t of all iterations. */
  private static final class Steps extends KeptSteps {
    private double[] alpha;
    private double[] bufferOffset;

    @Override
    void begin(Rates rates) {
      super.begin(rates);
      alpha = new double[iterations()];
      bufferOffset = new double[iterations() + 1];
    }

    @Override
    void add(TwinStep step) {
      super.add(step);
      int t = (int) step.iteration();
      alpha[t] = step.alpha();
      bufferOffset[t + 1] = step.bufferOffsetAfter();
    }
  }

  /** The run with weight decay that this one is equivalent to. */
  public Rates original() {
    return steps.original();
  }

  @Override
  public long iterations() {
    return steps.iterations();
  }

  /** ln c_t; −∞ where the rate is 0. */
  @Override
  public double logLearningRate(long iteration) {
    return steps.logLearningRate(iteration);
  }

  /** 0 at every iteration; the growing rate replaces the decay. */
  @Override
  public double weightDecay(long iteration) {
    steps.check(iteration);
    return 0;
  }

  /** γ̃_t, which may exceed 1. */
  @Override
  public double momentum(long iteration) {
    return original().momentum(iteration)
        * (1 + x(iteration) * (1 + original().momentum(iteration)));
  }

  /** f_t; 1 at t = 0. */
  @Override
  public double bufferFactor(long iteration) {
    return steps.bufferFactor(iteration);
  }

  /** a_t, the factor of ṽ. */
  public double kept(long iteration) {
    double momentum = original().momentum(iteration);
    return momentum * alpha(iteration) * (1 + x(iteration) * momentum);
  }

  /** b_t, the factor of the gradient. */
  public double taken(long iteration) {
    return alpha(iteration) * (1 + x(iteration) * (1 + original().momentum(iteration)));
  }

  /** l_t, the factor of the new buffer ṽ in the step. */
  public double lookAhead(long iteration) {
    return original().momentum(iteration) / alpha(iteration);
  }

  /** ln P_t. Defined for t = T too. */
  @Override
  public double logScale(long iteration) {
    return steps.logScale(iteration);
  }

  /** ln Q_t: w_t = (v_t − u_t θ_t) / Q_t with Q_t = P_t b_{t−1}, and Q_0 = 1. */
  public double logBufferScale(long iteration) {
    return logScale(iteration) + (iteration == 0 ? 0 : Math.log(taken(iteration - 1)));
  }

  /** u_t: the buffers belong together by ṽ_t = (v_t − u_t θ_t) / P_t. Defined for t = T too. */
  public double bufferOffset(long iteration) {
    return steps.bufferOffset[Twin.index(iteration, steps.bufferOffset)];
  }

  private double alpha(long iteration) {
    return steps.alpha[Twin.index(iteration, steps.alpha)];
  }

  private double x(long iteration) {
    steps.check(iteration);
    return original().learningRate(iteration) * bufferOffset(iteration + 1);
  }
}
