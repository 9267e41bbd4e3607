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
 * quadratic one by 1/ρ²_{t−1}, each in addition to the factor that the given run has, and ε is ε
 * P_t. It always exists and is unique; the proof is that of the way there, solved for η_t.
 */
public final class WithDecay implements Rates {

  private final Rates growing;
  private final double[] logLearningRate;
  private final double[] weightDecay;
  private final double[] bufferFactor;
  private final double[] logScale;

  private WithDecay(Arrays arrays) {
    growing = arrays.growing;
    logLearningRate = arrays.logLearningRate;
    weightDecay = arrays.weightDecay;
    bufferFactor = arrays.bufferFactor;
    logScale = arrays.logScale;
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
    Arrays arrays = new Arrays();
    for (long t = 0; t < growing.iterations(); t++) {
      if (growing.weightDecay(t) != 0) {
        throw new IllegalArgumentException(
            "the way back starts from a run without weight decay; at iteration %d it has %s"
                .formatted(t, growing.weightDecay(t)));
      }
    }
    convert(growing, weightDecay, optimizer, arrays);
    return new WithDecay(arrays);
  }

  /** Converts a recipe whose rate is that of the run without decay, and whose decay is chosen. */
  static void convert(Rates recipe, Optimizer optimizer, TwinSteps twin) {
    convert(recipe, recipe::weightDecay, optimizer, twin);
  }

  private static void convert(
      Rates growing, Schedule weightDecay, Optimizer optimizer, TwinSteps twin) {
    boolean decoupled = optimizer.decoupled();
    if (!decoupled && !(optimizer instanceof Optimizer.Momentum)) {
      throw new IllegalArgumentException(
          "the way back to a weight decay is for momentum SGD in PyTorch's form and for decoupled"
              + " decay, not for "
              + optimizer);
    }
    twin.begin(growing);
    optimizer.epsilonOfStep().ifPresent(twin::epsilon);
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
      if (optimizer.secondBeta().isPresent()) {
        twin.beta2(Optimizer.beta2(optimizer.secondBeta().get(), t));
      }
      twin.back(logRelative - Math.log1p(growth), decay, 0 - before, 0 - scale.value());
      remainsBefore = 1 / (1 + growth);
    }
  }

  /** The values of all iterations. */
  private static final class Arrays extends TwinSteps {
    private Rates growing;
    private double[] logLearningRate;
    private double[] weightDecay;
    private double[] bufferFactor;
    private double[] logScale;

    @Override
    void begin(Rates rates) {
      super.begin(rates);
      int iterations = Twin.length(rates);
      growing = rates;
      logLearningRate = new double[iterations];
      weightDecay = new double[iterations];
      bufferFactor = new double[iterations];
      logScale = new double[iterations + 1];
    }

    @Override
    void add(TwinStep step) {
      int t = (int) step.iteration();
      logLearningRate[t] = step.logLearningRate();
      weightDecay[t] = step.weightDecay();
      bufferFactor[t] = step.bufferFactor();
      logScale[t + 1] = step.logScaleAfter();
    }
  }

  @Override
  public long iterations() {
    return logLearningRate.length;
  }

  @Override
  public double logLearningRate(long iteration) {
    return logLearningRate[Twin.index(iteration, logLearningRate)];
  }

  @Override
  public double weightDecay(long iteration) {
    return weightDecay[Twin.index(iteration, weightDecay)];
  }

  @Override
  public double momentum(long iteration) {
    return growing.momentum(iteration);
  }

  @Override
  public double bufferFactor(long iteration) {
    return bufferFactor[Twin.index(iteration, bufferFactor)];
  }

  /** −ln P_t. Defined for t = T too. */
  @Override
  public double logScale(long iteration) {
    return logScale[Twin.index(iteration, logScale)];
  }
}
