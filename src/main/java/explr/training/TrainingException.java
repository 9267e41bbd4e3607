package explr.training;

/**
 * A run that cannot continue: a number left its range. What was measured before is kept by whoever
 * listened.
 */
public final class TrainingException extends RuntimeException {

  private final long iteration;

  TrainingException(long iteration, String message) {
    super("iteration " + iteration + ": " + message);
    this.iteration = iteration;
  }

  /** The iteration at which the run stopped. */
  public long iteration() {
    return iteration;
  }
}
