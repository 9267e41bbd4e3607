package explr.theory;

/**
 * How soon the normalised example of Section 3 must leave a small error again: at least once in
 * every
 *
 * <pre>
 *   ln(64 |w|² ε √B / (η √(m − 2))) / (2(ηλ − 2ε²)) + 9 ln(1/δ)
 * </pre>
 *
 * iterations, with probability 1 − δ, the error exceeds ε/π. Li &amp; Arora 2020, Theorem 3.1,
 * whose statement has ε where its proof, with ε an angle, gives ε/π. Needs ε² &lt; ηλ/2 and m ≥ 3.
 *
 * @param example with normalisation and λ &gt; 0
 */
public record NonConvergence(Separation example) {

  /** Refuses an example without normalisation or decay: those converge. */
  public NonConvergence {
    if (!example.normalized() || !(example.weightDecay() > 0)) {
      throw new IllegalArgumentException(
          "Theorem 3.1 is about normalisation with weight decay, not about " + example);
    }
  }

  /**
   * The number of iterations within which it happens.
   *
   * @param angle ε, 0 &lt; ε &lt; √(ηλ/2)
   * @param delta δ in (0, 1]
   * @param squaredNorm |w|² at the start, &gt; 0
   */
  public double iterations(double angle, double delta, double squaredNorm) {
    double gap = product() - 2 * angle * angle;
    if (!(angle > 0 && gap > 0)) {
      throw new IllegalArgumentException(
          "the angle must lie between 0 and √(ηλ/2) = %s, not %s"
              .formatted(Math.sqrt(product() / 2), angle));
    }
    if (!(delta > 0 && delta <= 1 && squaredNorm > 0)) {
      throw new IllegalArgumentException(
          "δ must lie in (0, 1] and |w|² be positive, not %s and %s".formatted(delta, squaredNorm));
    }
    double start =
        64
            * squaredNorm
            * angle
            * Math.sqrt(example.batchSize())
            / (example.learningRate() * Math.sqrt(example.dimension() - 2.0));
    return Math.max(0, Math.log(start)) / (2 * gap) + 9 * Math.log(1 / delta);
  }

  /** √(ηλ/2)/π, the error that is exceeded again and again. */
  public double error() {
    return Math.sqrt(product() / 2) / Math.PI;
  }

  /**
   * √(2ηλ), the angle between successive weights that is exceeded again and again (Remark B.10).
   */
  public double angle() {
    return Math.sqrt(2 * product());
  }

  private double product() {
    return example.learningRate() * example.weightDecay();
  }
}
