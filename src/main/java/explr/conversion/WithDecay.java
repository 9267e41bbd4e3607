package explr.conversion;

import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.schedule.Schedule;

/**
 * The run with a chosen weight decay that a run without it is equivalent to: the way back from
 * {@link FollowingBuffers} and {@link TexpPlusPlus}.
 *
 * <p>With the decay λ_t ≥ 0, P_0 = 1, u_0 = 0 and the degree d of the optimizer's step, −1 or 0,
 *
 * <pre>
 *   w = λ_t where the decay is decoupled, λ_t + γ_t u_t for momentum SGD
 *   e = η̃_t / P_t^(1−d),   η_t = e / (1 + we),   ρ_t = 1 / (1 + we),   P_{t+1} = P_t / ρ_t,   u_{t+1} = w / ρ_t
 * </pre>
 *
 * The weights are 1 / P_t of those of the run without decay. For momentum SGD the buffer is left as
 * it is; for decoupled decay a linear buffer is multiplied by 1/ρ_{t−1} before step t &gt; 0, a
 * quadratic one by 1/ρ²_{t−1}, each in addition to the factor of the given run, and ε is multiplied
 * by P_t. It always exists and is unique; the proof is that of the forward conversion, solved for
 * η_t.
 */
public final class WithDecay implements Rates {

  private final KeptSteps steps;
  private final Schedule weightDecay;

  private WithDecay(KeptSteps steps, Schedule weightDecay) {
    this.steps = steps;
    this.weightDecay = weightDecay;
  }

  /**
   * The equivalent run with weight decay.
   *
   * @param growing η̃_t ≥ 0, without weight decay and corrections; where it is momentum SGD,
   *     without buffer factors
   * @param weightDecay λ_t ≥ 0
   * @param optimizer momentum SGD in the paper's form, or with decoupled decay
   * @throws IllegalArgumentException for another optimizer, or naming the iteration where a value
   *     is out of range
   */
  public static WithDecay of(Rates growing, Schedule weightDecay, Optimizer optimizer) {
    for (long t = 0; t < growing.iterations(); t++) {
      if (growing.weightDecay(t) != 0) {
        throw new IllegalArgumentException(
            "this conversion starts from a run without weight decay, but at iteration %d it is %s"
                .formatted(t, growing.weightDecay(t)));
      }
    }
    KeptSteps steps = new KeptSteps();
    convert(growing, weightDecay, optimizer, steps);
    return new WithDecay(steps, weightDecay);
  }

  /** Converts a recipe that holds the rate of the run without decay and the chosen decay. */
  static void convert(Rates recipe, Optimizer optimizer, TwinSteps twin) {
    convert(recipe, recipe::weightDecay, optimizer, twin);
  }

  private static void convert(
      Rates growing, Schedule weightDecay, Optimizer optimizer, TwinSteps twin) {
    boolean decoupled = optimizer.decoupled();
    if (!decoupled && !(optimizer instanceof Optimizer.Momentum)) {
      throw new IllegalArgumentException(
          "the conversion back to a weight decay is for momentum SGD in PyTorch's form and for"
              + " decoupled decay, not for "
              + optimizer);
    }
    twin.begin(growing, optimizer);
    LogScale scale = new LogScale();
    double offset = 0;
    double remainsBefore = 1;
    for (long t = 0; t < growing.iterations(); t++) {
      double decay = weightDecay.at(t);
      double momentum = growing.momentum(t);
      double before = scale.value();
      double logRelative = growing.logLearningRate(t) - (1 - optimizer.stepDegree()) * before;
      double relative = Math.exp(logRelative);
      Rates.check(t, relative, decay, momentum);
      if (!decoupled) {
        TexpPlusPlus.refuseCorrection(growing, t);
      }
      double pull = decoupled ? decay : decay + momentum * offset;
      double growth = pull * relative;
      offset = pull * (1 + growth);
      scale.divideBy(growth / (1 + growth), 1 / (1 + growth));
      twin.bufferFactor(decoupled ? growing.bufferFactor(t) / remainsBefore : 1);
      twin.back(logRelative - Math.log1p(growth), decay, 0 - before, 0 - scale.value());
      remainsBefore = 1 / (1 + growth);
    }
  }

  @Override
  public long iterations() {
    return steps.iterations();
  }

  @Override
  public double logLearningRate(long iteration) {
    return steps.logLearningRate(iteration);
  }

  @Override
  public double weightDecay(long iteration) {
    steps.check(iteration);
    return weightDecay.at(iteration);
  }

  @Override
  public double momentum(long iteration) {
    return steps.original().momentum(iteration);
  }

  @Override
  public double bufferFactor(long iteration) {
    return steps.bufferFactor(iteration);
  }

  /** −ln P_t. Defined for t = T too. */
  @Override
  public double logScale(long iteration) {
    return steps.logScale(iteration);
  }
}
