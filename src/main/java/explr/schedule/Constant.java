package explr.schedule;

/**
 * The same value at every iteration.
 *
 * @param value any finite number
 */
public record Constant(double value) implements KnownSchedule {

  /** Refuses a value that is not a finite number. */
  public Constant {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a constant must be a finite number, not " + value);
    }
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return value;
  }
}
