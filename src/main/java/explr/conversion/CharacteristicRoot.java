package explr.conversion;

import explr.schedule.Rates;

/**
 * The larger root z of z² − (1 + γ − λη) z + γ = 0, by which an exponential learning rate grows.
 *
 * <p>Li &amp; Arora 2020, equation 1, where it is called α. With weight decay λ, learning rate η
 * and momentum γ constant, the weights of the equivalent run without weight decay grow by 1/z and
 * its rate by 1/z² at every iteration. Both roots lie in [γ, 1], and they are real up to the
 * critical λη = (1 − √γ)².
 *
 * <p>Accuracy: a few ulp in z and in 1 − z, also near the critical λη: with δ = (1 − √γ)² − λη in
 * double-double arithmetic, 2z = δ + 2√γ + √(δ(δ + 4√γ)), in which nothing cancels. At the critical
 * λη itself the roots are as uncertain as the square root of the rounding of η, λ and γ, about
 * 1e-8.
 */
public final class CharacteristicRoot {

  private final double learningRate;
  private final double weightDecay;
  private final double momentum;
  private final double separation;
  private final double oneMinus;
  private final double value;

  private CharacteristicRoot(double learningRate, double weightDecay, double momentum) {
    double product = learningRate * weightDecay;
    double gap = Math.max(0, criticalMinusProduct(learningRate, weightDecay, momentum));
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.momentum = momentum;
    this.separation = separation(learningRate, weightDecay, momentum);
    this.oneMinus = 2 * product / (1 - momentum + product + separation);
    this.value = (gap + 2 * Math.sqrt(momentum) + separation) / 2;
  }

  /**
   * The root for one setting.
   *
   * @param learningRate η ≥ 0
   * @param weightDecay λ ≥ 0
   * @param momentum γ in [0, 1)
   * @throws IllegalArgumentException outside these ranges, and where λη &gt; (1 − √γ)², because the
   *     roots are then complex
   */
  public static CharacteristicRoot of(double learningRate, double weightDecay, double momentum) {
    Rates.check(0, learningRate, weightDecay, momentum);
    if (Double.isNaN(separation(learningRate, weightDecay, momentum))) {
      throw new IllegalArgumentException(complex(learningRate, weightDecay, momentum));
    }
    CharacteristicRoot root = new CharacteristicRoot(learningRate, weightDecay, momentum);
    if (!(root.value > 0)) {
      throw new IllegalArgumentException(
          "without momentum the root is 1 − λη, which must be positive: learning rate %s, decay %s"
              .formatted(learningRate, weightDecay));
    }
    return root;
  }

  /**
   * (1 − √γ)², the largest λη for which the roots are real.
   *
   * @param momentum γ in [0, 1)
   */
  public static double critical(double momentum) {
    Rates.check(0, 0, 0, momentum);
    double oneMinusSqrt = (1 - momentum) / (1 + Math.sqrt(momentum));
    return oneMinusSqrt * oneMinusSqrt;
  }

  /** z. */
  public double value() {
    return value;
  }

  /** 1 − z without cancellation. */
  public double oneMinus() {
    return oneMinus;
  }

  /** ln z ≤ 0. */
  public double log() {
    return oneMinus < 0.5 ? Math.log1p(-oneMinus) : Math.log(value);
  }

  /** The smaller root, γ/z. */
  public double smaller() {
    return momentum / value;
  }

  /** The difference of the two roots; 0 at the critical λη. */
  public double separation() {
    return separation;
  }

  @Override
  public String toString() {
    return "z = " + value;
  }

  /**
   * u = (1 − z)/(zη), by which the momentum buffers of a run and of its equivalent differ within a
   * phase; see {@link Twin#bufferOffset}. Requires η &gt; 0.
   */
  double bufferOffset() {
    return oneMinus / (value * learningRate);
  }

  /**
   * The difference of the {@link #bufferOffset}s, next − this, without cancellation: two phases of
   * a cosine differ in the ninth digit of u only.
   *
   * <p>u solves (1 − γ) u − λ = η u (λ + γu); subtracting that of one phase from that of the other
   * gives Δu (√D − ηγΔu) = (1 + ηu')(Δλ + u'Δγ) + u'(λ' + γ'u')Δη, where the Δu on the left hardly
   * matters.
   */
  double bufferOffsetTo(CharacteristicRoot next) {
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

  /** Whether this is the root for exactly these values. */
  boolean isOf(double learningRate, double weightDecay, double momentum) {
    return this.learningRate == learningRate
        && this.weightDecay == weightDecay
        && this.momentum == momentum;
  }

  static String complex(double learningRate, double weightDecay, double momentum) {
    return ("no exponential rate stands for learning rate %s, weight decay %s and momentum %s: their"
            + " product λη = %s is above the critical (1 − √γ)² = %s, and the roots of equation 1"
            + " are complex; lower the rate or the decay, or convert by TEXP++")
        .formatted(
            learningRate, weightDecay, momentum, learningRate * weightDecay, critical(momentum));
  }

  /** √D; NaN where D &lt; 0 by more than the rounding of the three arguments can cause. */
  private static double separation(double learningRate, double weightDecay, double momentum) {
    double gap = criticalMinusProduct(learningRate, weightDecay, momentum);
    double root = Math.sqrt(momentum);
    if (gap < 0) {
      double rounding =
          Math.ulp(learningRate * weightDecay)
              + (momentum == 0 ? 0 : (1 - root) / root * Math.ulp(momentum));
      return gap < -4 * rounding ? Double.NaN : 0;
    }
    return Math.sqrt(gap * (gap + 4 * root));
  }

  /** (1 − √γ)² − λη; the high parts cancel exactly, so that what is left has all its digits. */
  private static double criticalMinusProduct(
      double learningRate, double weightDecay, double momentum) {
    double product = learningRate * weightDecay;
    double productLow = Math.fma(learningRate, weightDecay, -product);

    double root = Math.sqrt(momentum);
    double rootLow = root == 0 ? 0 : Math.fma(-root, root, momentum) / (2 * root);
    double minus = 1 - root;
    double minusLow = ((1 - minus) - root) - rootLow;

    double square = minus * minus;
    double squareLow = Math.fma(minus, minus, -square) + (2 * minus + minusLow) * minusLow;
    return (square - product) + (squareLow - productLow);
  }
}
