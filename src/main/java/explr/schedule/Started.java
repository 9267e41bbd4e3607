package explr.schedule;

/**
 * A schedule that is entered after its start: the value at t is that of {@code schedule} at t + n.
 *
 * <p>As the second of two {@link Phases}, it keeps the time of the first: {@code
 * warmUp.during(5).then(cosine.startedAt(5))} is a cosine over the whole run, the first 5 values
 * replaced.
 *
 * @param schedule what is entered
 * @param start n ≥ 0
 */
public record Started(Schedule schedule, long start) implements ModifiedSchedule {

  /** Refuses a missing schedule and a negative start. */
  public Started {
    if (schedule == null) {
      throw new IllegalArgumentException("there is no schedule to start");
    }
    Require.iteration(start);
  }

  @Override
  public long iterationsOfPart(int part, long iterations) {
    return iterations == 0 ? 0 : Math.addExact(start, iterations);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return schedule.at(Math.addExact(start, iteration));
  }

  @Override
  public double logAt(long iteration) {
    Require.iteration(iteration);
    return schedule.logAt(Math.addExact(start, iteration));
  }
}
