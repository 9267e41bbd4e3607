package explr.schedule;

/**
 * A schedule without its first n values: the value at t is that of {@code schedule} at t + n.
 *
 * <p>After a phase of n iterations the schedule has the values that it would have without that
 * phase: {@code warmUp.during(5).then(cosine.skipping(5))} is a cosine over the whole run whose
 * first 5 values are replaced.
 *
 * @param schedule the schedule whose first values are skipped
 * @param iterations n ≥ 0
 */
public record Skip(Schedule schedule, long iterations) implements ModifiedSchedule {

  /** Refuses a missing schedule and a negative number of iterations. */
  public Skip {
    if (schedule == null) {
      throw new IllegalArgumentException("there is no schedule of which to skip values");
    }
    Require.notNegative("the number of iterations to skip", iterations);
  }

  @Override
  public long iterationsOfPart(int part, long read) {
    return read == 0 ? 0 : Math.addExact(iterations, read);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return schedule.at(Math.addExact(iterations, iteration));
  }

  @Override
  public double logAt(long iteration) {
    Require.iteration(iteration);
    return schedule.logAt(Math.addExact(iterations, iteration));
  }
}
