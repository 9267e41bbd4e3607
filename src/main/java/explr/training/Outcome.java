package explr.training;

import ai.djl.ndarray.NDArray;
import explr.engine.Values;

/**
 * What a step computed, still on the device.
 *
 * <p>Reading it waits for the step to finish. On a GPU a run therefore reads the outcome of a step
 * after the next one is under way.
 */
final class Outcome implements AutoCloseable {
  private final NDArray logits;
  private final int[] labels;

  Outcome(NDArray logits, int[] labels) {
    this.logits = logits;
    this.labels = labels;
  }

  /** The scores of the training batch under the weights before the step. */
  Scores scores() {
    return Scores.of(Values.values(logits), labels, labels.length);
  }

  @Override
  public void close() {
    logits.close();
  }
}
