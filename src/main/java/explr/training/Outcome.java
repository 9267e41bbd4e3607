package explr.training;

import ai.djl.ndarray.NDArray;
import explr.engine.Values;

/**
 * What a step computed, still on the device.
 *
 * <p>Reading it waits for the step to finish, which costs nothing on a CPU.
 */
public final class Outcome implements AutoCloseable {
  private final long iteration;
  private final NDArray logits;
  private final NDArray zero;
  private final int[] labels;

  /**
   * An outcome to be read later.
   *
   * @param iteration of the step
   * @param zero 0 as long as all weights are finite numbers, else not a number
   */
  Outcome(long iteration, NDArray logits, NDArray zero, int[] labels) {
    this.iteration = iteration;
    this.logits = logits;
    this.zero = zero;
    this.labels = labels;
  }

  /** t: the step that this was. */
  public long iteration() {
    return iteration;
  }

  /** Whether all weights and running variances are finite numbers after the step. */
  public boolean weightsFinite() {
    return Values.values(zero)[0] == 0;
  }

  /** The scores of the training batch under the weights before the step. */
  public Scores scores() {
    return Scores.of(Values.values(logits), labels, labels.length);
  }

  /** The logits of the training batch under the weights before the step. */
  public Logits logits() {
    return new Logits(Values.values(logits));
  }

  @Override
  public void close() {
    logits.close();
    zero.close();
  }
}
