package explr.training;

import ai.djl.ndarray.NDArray;
import explr.engine.Values;

/**
 * What a step computed, still on the device.
 *
 * <p>Reading it waits for the step to finish, which costs nothing on a CPU.
 */
final class Outcome implements AutoCloseable {
  private final NDArray logits;
  private final NDArray zero;
  private final int[] labels;

  /**
   * An outcome to be read later.
   *
   * @param zero 0 as long as all weights are finite numbers, else not a number
   */
  Outcome(NDArray logits, NDArray zero, int[] labels) {
    this.logits = logits;
    this.zero = zero;
    this.labels = labels;
  }

  /** Whether all weights are finite numbers after the step. */
  boolean weightsFinite() {
    return Values.values(zero)[0] == 0;
  }

  /** The scores of the training batch under the weights before the step. */
  Scores scores() {
    return Scores.of(Values.values(logits), labels, labels.length);
  }

  @Override
  public void close() {
    logits.close();
    zero.close();
  }
}
