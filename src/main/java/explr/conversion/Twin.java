package explr.conversion;

import explr.schedule.Rates;
import java.util.OptionalLong;

/**
 * A run without weight decay that visits the same networks as another run with it.
 *
 * <p>For a loss with L(cθ) = L(θ), c &gt; 0, its weights are θ̃_t = P_t θ_t where P_0 = 1 and
 * P_{t+1} = P_t / α_{t+1}; its learning rate is η̃_t = P_t P_{t+1} η_t; its momentum is the same,
 * but for {@link DecoupledDecay}; and its buffer before step t, and before the correction of that
 * step, is ṽ_t = (v_t − u_t θ_t) / P_t. Every theorem of Li &amp; Arora 2020 is a choice of the
 * α_t: see {@link ExpLr}, {@link Texp} and {@link TexpPlusPlus}.
 *
 * <p>All values are computed on conversion and kept in arrays; looking one up takes constant time.
 * Both runs start from the same weights and the same buffer.
 */
public final class Twin implements Rates {

  /** Converted values lie in arrays, so there can be no more iterations than an array has room. */
  private static final int MOST_ITERATIONS = Integer.MAX_VALUE - 16;

  private static final double LOG_LARGEST_FLOAT = Math.log(Float.MAX_VALUE);

  private final Rates original;
  private final double[] logLearningRate;
  private final double[] logScale;
  private final double[] oneMinusAlpha;
  private final double[] bufferOffset;
  private final double[] correction;
  private final double[] momentum;

  private Twin(Builder values) {
    this.original = values.original();
    this.logLearningRate = values.logLearningRate;
    this.logScale = values.logScale;
    this.oneMinusAlpha = values.oneMinusAlpha;
    this.bufferOffset = values.bufferOffset;
    this.correction = values.correction;
    this.momentum = values.momentum;
  }

  /** The run with weight decay that this one is equivalent to. */
  public Rates original() {
    return original;
  }

  @Override
  public long iterations() {
    return logLearningRate.length;
  }

  @Override
  public double logLearningRate(long iteration) {
    return logLearningRate[index(iteration, logLearningRate)];
  }

  /** 0 at every iteration: what the decay did, the growing rate does. */
  @Override
  public double weightDecay(long iteration) {
    index(iteration, logLearningRate);
    return 0;
  }

  @Override
  public double momentum(long iteration) {
    int index = index(iteration, logLearningRate);
    return momentum == null ? original.momentum(iteration) : momentum[index];
  }

  @Override
  public double correction(long iteration) {
    int index = index(iteration, logLearningRate);
    return correction == null ? 0 : correction[index];
  }

  @Override
  public double logScale(long iteration) {
    return logScale[index(iteration, logScale)];
  }

  /** 1 − α_{t+1} without cancellation: step t multiplies P by 1/α_{t+1}. Defined for t &lt; T. */
  public double oneMinusAlpha(long iteration) {
    return oneMinusAlpha[index(iteration, oneMinusAlpha)];
  }

  /**
   * u_t, which says how the momentum buffers belong together: before step t, and before its
   * correction, ṽ_t = (v_t − u_t θ_t) / Q_t, where Q_t is P_t but for decoupled decay; see {@link
   * #logBufferScale}. Defined for t = T too.
   */
  public double bufferOffset(long iteration) {
    return bufferOffset[index(iteration, bufferOffset)];
  }

  /**
   * ln Q_t, the scale of the momentum buffer before step t: ln P_t, but ln P_{t−1} for decoupled
   * decay. Defined for t = T too.
   */
  public double logBufferScale(long iteration) {
    int index = index(iteration, logScale);
    return momentum == null ? logScale[index] : logScale[Math.max(0, index - 1)];
  }

  /**
   * The first iteration whose learning rate is above what a 32-bit float holds, 3.4e38; empty if
   * none is. At the paper's settings with a constant rate it lies in epoch 231. The weights' sums
   * of squares leave that range earlier, near epoch 200.
   */
  public OptionalLong leavesFloat32() {
    for (int t = 0; t < logLearningRate.length; t++) {
      if (logLearningRate[t] > LOG_LARGEST_FLOAT) {
        return OptionalLong.of(t);
      }
    }
    return OptionalLong.empty();
  }

  /** The number of iterations of a run, as far as an array has room for them. */
  static int length(Rates rates) {
    long iterations = rates.iterations();
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new IllegalArgumentException(
          "a run of 1 to %d iterations can be converted, not of %d"
              .formatted(MOST_ITERATIONS, iterations));
    }
    return (int) iterations;
  }

  static int index(long iteration, double[] values) {
    if (iteration < 0 || iteration >= values.length) {
      throw new IllegalArgumentException(
          "iteration %d is outside 0 … %d".formatted(iteration, values.length - 1));
    }
    return (int) iteration;
  }

  /** The arrays while a conversion fills them, in the order of the iterations. */
  static final class Builder extends TwinSteps {

    private double[] logLearningRate;
    private double[] logScale;
    private double[] oneMinusAlpha;
    private double[] bufferOffset;
    private double[] correction;
    private double[] momentum;

    @Override
    void begin(Rates rates) {
      super.begin(rates);
      int iterations = length(rates);
      this.logLearningRate = new double[iterations];
      this.oneMinusAlpha = new double[iterations];
      this.logScale = new double[iterations + 1];
      this.bufferOffset = new double[iterations + 1];
    }

    @Override
    void add(TwinStep step) {
      int t = (int) step.iteration();
      if (step.correction() != 0) {
        if (correction == null) {
          correction = new double[logLearningRate.length];
        }
        correction[t] = step.correction();
      }
      if (hasOwnMomentum()) {
        if (momentum == null) {
          momentum = new double[logLearningRate.length];
        }
        momentum[t] = step.momentum();
      }
      oneMinusAlpha[t] = step.oneMinusAlpha();
      bufferOffset[t + 1] = step.bufferOffsetAfter();
      logScale[t + 1] = step.logScaleAfter();
      logLearningRate[t] = step.logLearningRate();
    }

    Twin build() {
      return new Twin(this);
    }
  }
}
