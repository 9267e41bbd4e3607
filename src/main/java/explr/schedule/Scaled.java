package explr.schedule;

/**
 * A schedule with every value multiplied by the same factor.
 *
 * @param schedule what is scaled
 * @param factor ≥ 0
 */
public record Scaled(Schedule schedule, double factor) implements ModifiedSchedule {

  /** Refuses a missing schedule and a factor that is negative or not finite. */
  public Scaled {
    if (schedule == null) {
      throw new IllegalArgumentException("there is no schedule to scale");
    }
    Require.nonNegative("the factor", factor);
  }

  @Override
  public double at(long iteration) {
    return schedule.at(iteration) * factor;
  }

  @Override
  public double logAt(long iteration) {
    return schedule.logAt(iteration) + Math.log(factor);
  }
}
