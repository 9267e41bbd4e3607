package explr.schedule;

/**
 * One cycle of rate and momentum together: the rate rises and falls by cosines, the momentum falls
 * and rises with it (Smith &amp; Topin 2018).
 *
 * <p>{@code OneCycle.peakingAt(0.4).over(10_000).recipe(5e-4)} starts at 1/25 of the peak, reaches
 * it after 30 % of the run and ends at 1e-4 of the start, with momentum 0.95 at the ends and 0.85
 * at the peak, the field's defaults; {@code with…} changes them.
 *
 * @param start rate at t = 0, ≥ 0
 * @param peak rate at t = rise, ≥ 0
 * @param end rate at t = iterations and after, ≥ 0
 * @param highMomentum momentum at t = 0 and t = iterations and after, in [0, 1)
 * @param lowMomentum momentum at t = rise, in [0, 1)
 * @param rise iterations up to the peak, &gt; 0; may be a fraction
 * @param iterations T &gt; rise
 */
public record OneCycle(
    double start,
    double peak,
    double end,
    double highMomentum,
    double lowMomentum,
    double rise,
    long iterations) {

  /** Refuses values outside the ranges above. */
  public OneCycle {
    Rates.check(0, start, 0, highMomentum);
    Rates.check((long) rise, peak, 0, lowMomentum);
    Rates.check(iterations, end, 0, highMomentum);
    new CosineCycle(start, peak, end, rise, iterations);
  }

  /** The highest rate, waiting for its length. */
  public static Peak peakingAt(double peak) {
    return new Peak(peak);
  }

  /**
   * The highest rate of a cycle.
   *
   * @param rate ≥ 0
   */
  public record Peak(double rate) {

    /** The cycle over so many iterations, ≥ 2, with the defaults of the field. */
    public OneCycle over(long iterations) {
      double rise = Math.max(1, Math.round(0.3 * iterations));
      return new OneCycle(rate / 25, rate, rate / 25 / 1e4, 0.95, 0.85, rise, iterations);
    }
  }

  /** The same between other rates. */
  public OneCycle withEnds(double start, double end) {
    return new OneCycle(start, peak, end, highMomentum, lowMomentum, rise, iterations);
  }

  /** The same between other momentum factors; equal ones for a constant momentum. */
  public OneCycle withMomentum(double high, double low) {
    return new OneCycle(start, peak, end, high, low, rise, iterations);
  }

  /** The same with its peak at another iteration, or between two. */
  public OneCycle withRise(double rise) {
    return new OneCycle(start, peak, end, highMomentum, lowMomentum, rise, iterations);
  }

  /** η_t. */
  public Schedule learningRate() {
    return upAndDown(start, peak, end);
  }

  /** γ_t. */
  public Schedule momentum() {
    return upAndDown(highMomentum, lowMomentum, highMomentum);
  }

  /** The recipe of one cycle with constant weight decay λ ≥ 0. */
  public Recipe recipe(double weightDecay) {
    return new Recipe(learningRate(), new Constant(weightDecay), momentum(), iterations);
  }

  private Schedule upAndDown(double first, double middle, double last) {
    return new CosineCycle(first, middle, last, rise, iterations);
  }
}
