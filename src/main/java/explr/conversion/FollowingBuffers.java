package explr.conversion;

import explr.optimizer.Optimizer;
import explr.schedule.Rates;

/**
 * The run without weight decay of an optimizer whose decay is decoupled: AdamW, Lion, signSGD, Muon
 * and SGDW, for any schedules of rate, decay and momentum.
 *
 * <p>With decay, θ_{t+1} = ρ_t θ_t − η_t u_t, ρ_t = 1 − η_t λ_t &gt; 0. Let P_0 = 1 and P_{t+1} =
 * P_t / ρ_t, and let the loss be scale invariant. Then θ̃_t = P_t θ_t are the weights of a run of
 * the same optimizer without decay, at the rate
 *
 * <pre>
 *   η̃_t = η_t P_{t+1}           where the step keeps its size (degree 0: AdamW, Lion, signSGD, Muon)
 *   η̃_t = η_t P_t P_{t+1}       where it shrinks as the gradient does (degree −1: SGDW)
 * </pre>
 *
 * if its buffers follow: before step t &gt; 0 a buffer that is linear in gradients is multiplied by
 * ρ_{t−1}, a quadratic one by ρ²_{t−1}, and ε is ε / P_t. Momenta and bias corrections stay.
 *
 * <p>Proof by induction. Before step t, and after its factor, let θ̃ = P_t θ, m̃ = m / P_t and ṽ =
 * v / P_t². The gradient at θ̃ is g / P_t (Li &amp; Arora 2020, Lemma 1.3). The updates of the
 * buffers are linear in m and g, and in v and g², so the same holds for the new buffers. The step
 * is homogeneous of its degree d in (m, √v, ε, g), so ũ = P_t^d u and
 *
 * <pre>
 *   θ̃_{t+1} = P_t θ_t − η̃_t P_t^d u_t = P_{t+1} (ρ_t θ_t − η_t u_t) = P_{t+1} θ_{t+1}
 * </pre>
 *
 * Before step t + 1 the factor ρ_t turns m / P_t into m / P_{t+1}, and v / P_t² into v / P_{t+1}².
 *
 * <p>Accuracy: ln P to a few ulp. Adam with its decay in the gradient, LAMB and LARS have no such
 * run: there the decay enters a square or a norm together with the gradient.
 */
public final class FollowingBuffers implements Rates {

  private final KeptSteps steps;

  private FollowingBuffers(KeptSteps steps) {
    this.steps = steps;
  }

  /**
   * The equivalent run without weight decay.
   *
   * @param rates η_t ≥ 0, λ_t ≥ 0 with ηλ &lt; 1, γ_t in [0, 1); without corrections and with
   *     buffer factors of 1
   * @param optimizer with decoupled decay
   * @throws IllegalArgumentException where the optimizer's decay is not decoupled, or naming the
   *     iteration where a value is out of range
   */
  public static FollowingBuffers of(Rates rates, Optimizer optimizer) {
    KeptSteps steps = new KeptSteps();
    convert(rates, optimizer, steps);
    return new FollowingBuffers(steps);
  }

  static void convert(Rates rates, Optimizer optimizer, TwinSteps twin) {
    if (!optimizer.decoupled()) {
      throw new IllegalArgumentException(
          "the weight decay of %s is part of its gradient; buffers follow where it is decoupled"
              .formatted(optimizer));
    }
    twin.begin(rates, optimizer);
    double remainsBefore = 1;
    long iterations = rates.iterations();
    for (long t = 0; t < iterations; t++) {
      double learningRate = rates.learningRate(t);
      double weightDecay = rates.weightDecay(t);
      Rates.check(t, learningRate, weightDecay, rates.momentum(t));
      TexpPlusPlus.refuseCorrection(rates, t);
      double remains = DecoupledDecay.remains(t, learningRate, weightDecay);
      twin.bufferFactor(remainsBefore);
      twin.step(learningRate, learningRate * weightDecay, remains, 0);
      remainsBefore = remains;
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

  @Override
  public double logLearningRate(long iteration) {
    return steps.logLearningRate(iteration);
  }

  /** 0 at every iteration: what the decay did, the growing rate does. */
  @Override
  public double weightDecay(long iteration) {
    steps.check(iteration);
    return 0;
  }

  @Override
  public double momentum(long iteration) {
    return steps.original().momentum(iteration);
  }

  /** ρ_{t−1}; 1 at t = 0. */
  @Override
  public double bufferFactor(long iteration) {
    return steps.bufferFactor(iteration);
  }

  @Override
  public double logScale(long iteration) {
    return steps.logScale(iteration);
  }
}
