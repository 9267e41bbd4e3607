package explr.schedule;

/**
 * A schedule that counts epochs and is held during each: the value at iteration t is that of {@code
 * schedule} at ⌊t / n⌋ for epochs of n iterations.
 *
 * @param schedule the value in epoch 0, 1, 2, …
 * @param epochs how long an epoch is
 */
public record PerEpoch(Schedule schedule, Epochs epochs) implements ModifiedSchedule {

  /** Refuses a missing schedule or missing epochs. */
  public PerEpoch {
    if (schedule == null || epochs == null) {
      throw new IllegalArgumentException("a schedule by epoch needs a schedule and epochs");
    }
  }

  @Override
  public long iterationsOfPart(int part, long read) {
    return read == 0 ? 0 : epochs.epochOf(read - 1) + 1;
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return schedule.at(epochs.epochOf(iteration));
  }

  @Override
  public double logAt(long iteration) {
    Require.iteration(iteration);
    return schedule.logAt(epochs.epochOf(iteration));
  }
}
