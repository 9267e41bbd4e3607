package explr.schedule;

/**
 * A schedule that waits before it begins: its first value for n iterations, then the value at t −
 * n.
 *
 * @param schedule what is delayed
 * @param delay n ≥ 0
 */
public record DelayedSchedule(Schedule schedule, long delay) implements ModifiedSchedule {

  /** Refuses a missing schedule and a negative delay. */
  public DelayedSchedule {
    if (schedule == null) {
      throw new IllegalArgumentException("there is no schedule to delay");
    }
    Require.iteration(delay);
  }

  @Override
  public long iterationsOfPart(int part, long iterations) {
    return iterations == 0 ? 0 : Math.max(1, iterations - delay);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return schedule.at(Math.max(0, iteration - delay));
  }

  @Override
  public double logAt(long iteration) {
    Require.iteration(iteration);
    return schedule.logAt(Math.max(0, iteration - delay));
  }
}
