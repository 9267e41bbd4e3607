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
public record Cosine(double from, double to, long iterations) implements Schedule {

  /** Refuses values outside the ranges above. */
  public Cosine {
    Ramp.check("cosine", from, to, iterations);
  }

  /** A cosine that falls from this value, to 0 unless told otherwise. */
  public static Ramp<Cosine> from(double from) {
    return new Ramp<>(from, 0, Cosine::new);
  }

  @Override
  public double at(long iteration) {
    if (iteration >= iterations) {
      return to;
    }
    // Both halves are written with the square of a small sine, from the nearer end: neither the
    // value nor its difference from that end loses digits.
    return 2 * iteration <= iterations
        ? from - (from - to) * squaredSine(iteration)
        : to + (from - to) * squaredSine(iterations - iteration);
  }

  private double squaredSine(long distance) {
    double sine = Math.sin(Math.PI * distance / (2.0 * iterations));
    return sine * sine;
  }
}
