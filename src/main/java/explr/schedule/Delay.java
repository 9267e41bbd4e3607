package explr.schedule;

/**
 * A schedule that starts n iterations later: its first value until t = n, then its value at t − n.
 *
 * @param schedule the schedule that is delayed
 * @param iterations n ≥ 0
 */
public record Delay(Schedule schedule, long iterations) implements ModifiedSchedule {

  /** Refuses a missing schedule and a negative delay. */
  public Delay {
    if (schedule == null) {
      throw new IllegalArgumentException("there is no schedule to delay");
    }
    Require.notNegative("the number of iterations of a delay", iterations);
  }

  @Override
  public long iterationsOfPart(int part, long read) {
    return read == 0 ? 0 : Math.max(1, read - iterations);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return schedule.at(Math.max(0, iteration - iterations));
  }

  @Override
  public double logAt(long iteration) {
    Require.iteration(iteration);
    return schedule.logAt(Math.max(0, iteration - iterations));
  }
}
