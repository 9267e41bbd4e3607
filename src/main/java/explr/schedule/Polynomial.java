package explr.schedule;

/**
 * A power of what is left of the run: η_t = to + (from − to)(1 − t/T)^p for t ≤ T, then {@code to}.
 *
 * @param from value at t = 0, ≥ 0
 * @param to value at t = T and after, ≥ 0
 * @param iterations T ≥ 1
 * @param power p &gt; 0; 1 is {@link Linear}
 */
public record Polynomial(double from, double to, long iterations, double power)
    implements KnownSchedule {

  /** Refuses values outside the ranges above. */
  public Polynomial {
    Ramp.check(from, to, iterations);
    Require.positive("the power", power);
  }

  /** A polynomial that starts at this value and falls to 0 unless told otherwise. */
  public static Ramp<Polynomial> from(double from, double power) {
    return new Ramp<>(from, 0, (start, end, length) -> new Polynomial(start, end, length, power));
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    if (iteration >= iterations) {
      return to;
    }
    double left = (double) (iterations - iteration) / iterations;
    return to + (from - to) * Math.pow(left, power);
  }
}
