package explr.equivalence;

/**
 * How far a run that started a step from an equivalent state is from the original after it,
 * relative in the l2 norm.
 *
 * @param run the name of the {@link Counterpart}
 * @param iteration t: the step taken
 * @param logits of the training batch, under the weights before the step
 * @param direction of θ/‖θ‖ after the step
 * @param buffer of the optimizer's buffer after the step; the largest where it has several
 * @param evaluation of the logits of test images after the step, normalised by running statistics
 */
public record Deviation(
    String run, long iteration, double logits, double direction, double buffer, double evaluation) {

  /** What is compared. */
  public enum Quantity {
    /** Logits of the training batch. */
    LOGITS,
    /** Direction of all weights. */
    DIRECTION,
    /** Buffers of the optimizer. */
    BUFFER,
    /** Logits of test images. */
    EVALUATION;

    /** As shown to a reader. */
    public String title() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** One of the numbers. */
  public double of(Quantity quantity) {
    return switch (quantity) {
      case LOGITS -> logits;
      case DIRECTION -> direction;
      case BUFFER -> buffer;
      case EVALUATION -> evaluation;
    };
  }
}
