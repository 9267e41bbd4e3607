package explr.schedule;

/**
 * A straight line: η_t = from + (to − from) t/T for t ≤ T, then {@code to}.
 *
 * @param from value at t = 0, ≥ 0
 * @param to value at t = T and after, ≥ 0
 * @param iterations T ≥ 1
 */
public record Linear(double from, double to, long iterations) implements KnownSchedule {

  /** Refuses values outside the ranges above. */
  public Linear {
    Ramp.check(from, to, iterations);
  }

  /** A line that starts at this value, and falls to 0 unless told otherwise. */
  public static Ramp<Linear> from(double from) {
    return new Ramp<>(from, 0, Linear::new);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return between(from, to, iteration, iterations);
  }

  /** The line as a mean of its ends, in which nothing cancels. */
  static double between(double from, double to, double position, double length) {
    return position >= length ? to : (from * (length - position) + to * position) / length;
  }
}
