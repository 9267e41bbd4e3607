package explr.schedule;

/**
 * Half a period of a cosine up to a peak, and half a period down, as in {@link OneCycle}: from
 * {@code from} at t = 0 to {@code peak} at t = {@code rise}, to {@code to} at t = {@code
 * iterations} and after.
 *
 * <p>The peak may lie between two iterations, as it does in PyTorch's OneCycleLR, where {@code
 * rise} is pct_start · total_steps − 1.
 *
 * @param from value at t = 0, ≥ 0
 * @param peak value at t = rise, ≥ 0
 * @param to value at t = iterations and after, ≥ 0
 * @param rise &gt; 0; may be a fraction
 * @param iterations T &gt; rise
 */
public record CosineCycle(double from, double peak, double to, double rise, long iterations)
    implements KnownSchedule {

  /** Refuses values outside the ranges above. */
  public CosineCycle {
    Require.nonNegative("the value at the start", from);
    Require.nonNegative("the value at the peak", peak);
    Require.nonNegative("the value at the end", to);
    Require.positive("the number of iterations up to the peak", rise);
    if (!(iterations > rise)) {
      throw new IllegalArgumentException(
          "a cycle that rises for %s iterations needs more than that, not %d"
              .formatted(rise, iterations));
    }
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return iteration <= rise
        ? Cosine.between(from, peak, iteration, rise)
        : Cosine.between(peak, to, iteration - rise, iterations - rise);
  }
}
