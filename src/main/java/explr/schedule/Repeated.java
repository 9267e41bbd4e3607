package explr.schedule;

/**
 * A schedule that starts again after every period: the value at t is that of {@code schedule} at t
 * mod period.
 *
 * @param schedule what is repeated
 * @param period ≥ 1
 */
public record Repeated(Schedule schedule, long period) implements ModifiedSchedule {

  /** Refuses a missing schedule and a period below 1. */
  public Repeated {
    if (schedule == null) {
      throw new IllegalArgumentException("there is no schedule to repeat");
    }
    Require.atLeastOne("the period", period);
  }

  @Override
  public long iterationsOfPart(int part, long read) {
    return Math.min(read, period);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return schedule.at(iteration % period);
  }

  @Override
  public double logAt(long iteration) {
    Require.iteration(iteration);
    return schedule.logAt(iteration % period);
  }
}
