package explr.schedule;

/**
 * Half a period of a cosine: η_t = to + (from − to)(1 + cos(πt/T))/2 for t ≤ T, then {@code to}.
 *
 * <p>Loshchilov &amp; Hutter 2016, without restarts. The last iteration of a run of T, t = T − 1,
 * is still a little above {@code to}. Accurate to a few ulp also where 1 + cos cancels.
 *
 * @param from value at t = 0, ≥ 0
 * @param to value at t = T and after, ≥ 0
 * @param iterations T ≥ 1
 */
public record Cosine(double from, double to, long iterations) implements KnownSchedule {

  /** Refuses values outside the ranges above. */
  public Cosine {
    Ramp.check(from, to, iterations);
  }

  /** A cosine that falls from this value, to 0 unless told otherwise. */
  public static Ramp<Cosine> from(double from) {
    return new Ramp<>(from, 0, Cosine::new);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return between(from, to, iteration, iterations);
  }

  /**
   * The cosine from {@code from} at 0 to {@code to} at {@code length} and after, written from the
   * nearer end with the square of a small sine: neither the value nor its difference from that end
   * loses digits.
   */
  static double between(double from, double to, double position, double length) {
    if (position >= length) {
      return to;
    }
    return 2 * position <= length
        ? from - (from - to) * squaredSine(position / length)
        : to + (from - to) * squaredSine((length - position) / length);
  }

  private static double squaredSine(double part) {
    double sine = Math.sin(Math.PI / 2 * part);
    return sine * sine;
  }
}
