package explr.schedule;

/**
 * Where a value starts and where it goes; {@link #over} says in how many iterations and so makes
 * the schedule. {@code Cosine.from(0.1).to(1e-4).over(39_100)}.
 *
 * @param <S> the schedule that is made
 */
public final class Ramp<S extends Schedule> {

  /** Makes a schedule of its start, its end and its length. */
  @FunctionalInterface
  interface Shape<S> {
    S of(double from, double to, long iterations);
  }

  private final double from;
  private final double to;
  private final Shape<S> shape;

  Ramp(double from, double to, Shape<S> shape) {
    this.from = from;
    this.to = to;
    this.shape = shape;
  }

  /** The same with another value at the end. */
  public Ramp<S> to(double end) {
    return new Ramp<>(from, end, shape);
  }

  /**
   * The schedule that has its end value at this iteration (or epoch, if it counts epochs) and
   * after.
   *
   * @param iterations ≥ 1
   */
  public S over(long iterations) {
    return shape.of(from, to, iterations);
  }

  /** Refuses a start, an end or a length that no schedule between non-negative values can have. */
  static void check(String name, double from, double to, long iterations) {
    if (!(from >= 0 && Double.isFinite(from) && to >= 0 && Double.isFinite(to))) {
      throw new IllegalArgumentException(
          "a %s schedule goes between finite values ≥ 0, not from %s to %s"
              .formatted(name, from, to));
    }
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "a %s schedule needs at least one iteration, not %d".formatted(name, iterations));
    }
  }
}
