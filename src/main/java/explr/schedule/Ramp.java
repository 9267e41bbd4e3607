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

  /** Refuses ends or a length that no schedule between two non-negative values can have. */
  static void check(double from, double to, long iterations) {
    Require.nonNegative("the value at the start", from);
    Require.nonNegative("the value at the end", to);
    Require.atLeastOne("the number of iterations", iterations);
  }
}
