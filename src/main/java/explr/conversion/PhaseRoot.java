package explr.conversion;

import explr.schedule.Rates;

/**
 * The arithmetic of {@link CharacteristicRoot}, in one object that is set anew for each phase: a
 * schedule that changes at every iteration has as many phases, and none of them costs an object.
 */
final class PhaseRoot {

  private double learningRate = Double.NaN;
  private double weightDecay = Double.NaN;
  private double momentum = Double.NaN;
  private double separation;
  private double oneMinus;
  private double value;
  private double bufferOffset;

  // What depends on the momentum alone, which hardly ever changes: √γ and (1 − √γ)².
  private double root;
  private double critical;
  private double criticalLow;

  /**
   * Makes this the root for these values.
   *
   * @throws IllegalArgumentException as {@link CharacteristicRoot#of}
   */
  void set(double learningRate, double weightDecay, double momentum) {
    double gap = gap(learningRate, weightDecay, momentum);
    double product = learningRate * weightDecay;
    this.separation = separation(gap, product, momentum);
    if (Double.isNaN(separation)) {
      throw new IllegalArgumentException(complex(learningRate, weightDecay, momentum));
    }
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.oneMinus = 2 * product / (1 - momentum + product + separation);
    this.value = (Math.max(0, gap) + 2 * root + separation) / 2;
    this.bufferOffset = oneMinus / (value * learningRate);
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          "without momentum the root is 1 − λη, which must be positive: learning rate %s, decay %s"
              .formatted(learningRate, weightDecay));
    }
  }

  /**
   * (1 − √γ)² − λη; the high parts cancel exactly, so that what is left has all its digits. The
   * value of this root is not changed.
   */
  double gap(double learningRate, double weightDecay, double momentum) {
    Rates.check(0, learningRate, weightDecay, momentum);
    if (momentum != this.momentum) {
      setMomentum(momentum);
    }
    double product = learningRate * weightDecay;
    double productLow = Math.fma(learningRate, weightDecay, -product);
    return (critical - product) + (criticalLow - productLow);
  }

  /** Whether {@link #set} has a root for these values. */
  boolean exists(double learningRate, double weightDecay, double momentum) {
    double gap = gap(learningRate, weightDecay, momentum);
    double between = separation(gap, learningRate * weightDecay, momentum);
    return Math.max(0, gap) + 2 * root + between > 0;
  }

  private void setMomentum(double momentum) {
    this.momentum = momentum;
    root = Math.sqrt(momentum);
    double rootLow = root == 0 ? 0 : Math.fma(-root, root, momentum) / (2 * root);
    double minus = 1 - root;
    double minusLow = ((1 - minus) - root) - rootLow;
    critical = minus * minus;
    criticalLow = Math.fma(minus, minus, -critical) + (2 * minus + minusLow) * minusLow;
  }

  /** z. */
  double value() {
    return value;
  }

  /** 1 − z. */
  double oneMinus() {
    return oneMinus;
  }

  /** γ/z. */
  double smaller() {
    return momentum / value;
  }

  /** √D. */
  double separation() {
    return separation;
  }

  /**
   * u = (1 − z)/(zη), by which the momentum buffers of a run and of its equivalent differ within a
   * phase; see {@link Twin#bufferOffset}. Requires η &gt; 0.
   */
  double bufferOffset() {
    return bufferOffset;
  }

  /**
   * The difference of the {@link #bufferOffset}s, next − this, without cancellation: two phases of
   * a cosine differ in the ninth digit of u only.
   *
   * <p>u solves (1 − γ) u − λ = η u (λ + γu); subtracting that of one phase from that of the other
   * gives Δu (√D − ηγΔu) = (1 + ηu')(Δλ + u'Δγ) + u'(λ' + γ'u')Δη, where the Δu on the left hardly
   * matters.
   */
  double bufferOffsetTo(PhaseRoot next) {
    double after = next.bufferOffset();
    double difference = after - bufferOffset();
    double slope = separation - learningRate * momentum * difference;
    if (Math.abs(difference) > 1e-2 * after || slope <= 0) {
      return difference;
    }
    double decayAndMomentum = (next.weightDecay - weightDecay) + after * (next.momentum - momentum);
    double rate =
        after * (next.weightDecay + next.momentum * after) * (next.learningRate - learningRate);
    return ((1 + learningRate * after) * decayAndMomentum + rate) / slope;
  }

  /** How far u is from {@link #bufferOffset} after a step with α = z + {@code deviation}. */
  double bufferOffsetOf(double deviation) {
    return -deviation / (learningRate * (value + deviation) * value);
  }

  /** Whether this is the root for exactly these values; not before it is first set. */
  boolean isOf(double learningRate, double weightDecay, double momentum) {
    return this.learningRate == learningRate
        && this.weightDecay == weightDecay
        && this.momentum == momentum;
  }

  private static String complex(double learningRate, double weightDecay, double momentum) {
    return ("no exponential rate stands for learning rate %s, weight decay %s and momentum %s: their"
            + " product λη = %s is above the critical (1 − √γ)² = %s, and the roots of equation 1"
            + " are complex; lower the rate or the decay, or convert by TEXP++")
        .formatted(
            learningRate,
            weightDecay,
            momentum,
            learningRate * weightDecay,
            CharacteristicRoot.critical(momentum));
  }

  /** √D; NaN where D < 0 by more than the rounding of the three arguments can cause. */
  private double separation(double gap, double product, double momentum) {
    if (gap < 0) {
      double rounding =
          Math.ulp(product) + (momentum == 0 ? 0 : (1 - root) / root * Math.ulp(momentum));
      return gap < -4 * rounding ? Double.NaN : 0;
    }
    return Math.sqrt(gap * (gap + 4 * root));
  }
}
