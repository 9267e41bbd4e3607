package explr.conversion;

import explr.optimizer.Optimizer;
import explr.optimizer.Optimizer.AdamW;
import explr.schedule.Rates;

/**
 * AdamW in which all is constant is Adam without decay, with slightly smaller β and a rate that
 * grows exponentially. Its buffers are not scaled.
 *
 * <p>With ρ = 1 − ηλ, P_t = ρ^(−t), and M, V the buffers of Adam with
 *
 * <pre>
 *   β̃₁ = β₁ρ,   β̃₂ = β₂ρ²
 * </pre>
 *
 * the buffers of {@link FollowingBuffers} are m̃ = M (1 − β₁) / (1 − β̃₁) and ṽ = V (1 − β₂) / (1 −
 * β̃₂), since both sides start from 0 and have the same recursion. AdamW's step follows from M and
 * V without Adam's own bias corrections:
 *
 * <pre>
 *   θ̃ ← θ̃ − η̃_t M / (√V + ε̃_t),   η̃_t = η ρ^(−(t+1)) k_t,   ε̃_t = ε ρ^t / s_t
 *   s_t = √((1 − β₂) / ((1 − β̃₂)(1 − β₂^(t+1)))),   k_t = (1 − β₁) / ((1 − β̃₁)(1 − β₁^(t+1)) s_t)
 * </pre>
 *
 * As t grows, k_t tends to a constant, and the rate grows by 1/ρ in every iteration. For an Adam
 * that corrects its bias the rate is divided by √(1 − β̃₂^(t+1)) / (1 − β̃₁^(t+1)), and ε̃_t by √(1
 * − β̃₂^(t+1)).
 */
public final class SmallerBetas {

  private final Rates rates;
  private final AdamW optimizer;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double oneMinusRho;
  private final double rho;

  private SmallerBetas(Rates rates, AdamW optimizer) {
    this.rates = rates;
    this.optimizer = optimizer;
    this.beta1 = rates.momentum(0);
    this.beta2 = Optimizer.beta2(optimizer.beta2(), 0);
    this.epsilon = optimizer.epsilon();
    this.oneMinusRho = rates.learningRate(0) * rates.weightDecay(0);
    this.rho = DecoupledDecay.remains(0, rates.learningRate(0), rates.weightDecay(0));
  }

  /**
   * Adam's numbers without decay.
   *
   * @param rates η &gt; 0, λ ≥ 0 with ηλ &lt; 1 and β₁, each the same at every iteration
   * @param optimizer with a constant β₂
   * @throws IllegalArgumentException naming the first iteration that differs from iteration 0, or a
   *     value out of range
   */
  public static SmallerBetas of(Rates rates, AdamW optimizer) {
    Rates.check(0, rates.learningRate(0), rates.weightDecay(0), rates.momentum(0));
    for (long t = 0; t < rates.iterations(); t++) {
      boolean same =
          rates.learningRate(t) == rates.learningRate(0)
              && rates.weightDecay(t) == rates.weightDecay(0)
              && rates.momentum(t) == rates.momentum(0)
              && optimizer.beta2().at(t) == optimizer.beta2().at(0);
      if (!same) {
        throw new IllegalArgumentException(
            "AdamW is Adam with smaller β only where rate, decay, β₁ and β₂ are constant; they change at iteration %d. FollowingBuffers converts any schedules"
                .formatted(t));
      }
      TexpPlusPlus.refuseCorrection(rates, t);
    }
    if (rates.learningRate(0) == 0) {
      throw new IllegalArgumentException("the learning rate must be > 0, not 0");
    }
    return new SmallerBetas(rates, optimizer);
  }

  /** The run with weight decay that this one is equivalent to. */
  public Rates original() {
    return rates;
  }

  /** The optimizer of the run with weight decay. */
  public AdamW optimizer() {
    return optimizer;
  }

  /** The number of iterations T. */
  public long iterations() {
    return rates.iterations();
  }

  static void convert(Rates rates, Optimizer optimizer, TwinSteps twin) {
    if (!(optimizer instanceof AdamW adamW)) {
      throw new IllegalArgumentException(
          "smaller β exist only for AdamW; FollowingBuffers converts the other optimizers");
    }
    SmallerBetas adam = of(rates, adamW);
    twin.begin(rates);
    for (long t = 0; t < rates.iterations(); t++) {
      twin.step(adam);
    }
  }

  /** 1 − ρ = ηλ. */
  double oneMinusRho() {
    return oneMinusRho;
  }

  /** β̃₁ = β₁ρ. */
  public double beta1() {
    return beta1 * rho;
  }

  /** β̃₂ = β₂ρ². */
  public double beta2() {
    return beta2 * rho * rho;
  }

  /** ln P_t = −t ln ρ. */
  public double logScale(long iteration) {
    return iteration * LogScale.minusLog(oneMinusRho, rho);
  }

  /** ln η̃_t, for an Adam without bias corrections. */
  public double logLearningRate(long iteration) {
    return rates.logLearningRate(0)
        + logScale(iteration + 1)
        + Math.log((1 - beta1) / (1 - beta1()))
        - logBias(beta1, iteration)
        - logRootFactor(iteration);
  }

  /** ln ε̃_t, for an Adam without bias corrections; −∞ where ε is 0. */
  public double logEpsilon(long iteration) {
    return Math.log(epsilon) - logScale(iteration) - logRootFactor(iteration);
  }

  /** ln η̃_t for an Adam that corrects its bias by β̃₁ and β̃₂. */
  public double logLearningRateWithBiasCorrection(long iteration) {
    return logLearningRate(iteration)
        + logBias(beta1(), iteration)
        - logBias(beta2(), iteration) / 2;
  }

  /** ln ε̃_t for an Adam that corrects its bias by β̃₂. */
  public double logEpsilonWithBiasCorrection(long iteration) {
    return logEpsilon(iteration) - logBias(beta2(), iteration) / 2;
  }

  /** ln s_t. */
  private double logRootFactor(long iteration) {
    return (Math.log((1 - beta2) / (1 - beta2())) - logBias(beta2, iteration)) / 2;
  }

  /** ln(1 − β^(t+1)). */
  private static double logBias(double beta, long iteration) {
    return Math.log1p(-Math.pow(beta, iteration + 1));
  }
}
