package explr.schedule;

/**
 * A schedule with a linear warm-up laid over it: η_t (s + (1 − s) t/n) for t &lt; n, η_t after.
 *
 * <p>The schedule keeps its own time, so a cosine has already fallen a little when the warm-up
 * ends. Where it should start only then, join two: {@code
 * Linear.from(0).to(0.1).over(n).during(n).then(cosine)}. Where the warm-up should replace the
 * values instead of multiplying them, join it with {@code cosine.skipping(n)}.
 *
 * @param schedule what is warmed up
 * @param startFactor s ≥ 0, the factor at t = 0
 * @param iterations n ≥ 1, the first iteration with the full value
 */
public record WarmUp(Schedule schedule, double startFactor, long iterations)
    implements ModifiedSchedule {

  /** Refuses a missing schedule and values outside the ranges above. */
  public WarmUp {
    if (schedule == null) {
      throw new IllegalArgumentException("a warm-up needs a schedule to lead to");
    }
    Require.nonNegative("the factor at the start of a warm-up", startFactor);
    Require.atLeastOne("the number of iterations of a warm-up", iterations);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return iteration < iterations
        ? schedule.at(iteration) * factor(iteration)
        : schedule.at(iteration);
  }

  @Override
  public double logAt(long iteration) {
    Require.iteration(iteration);
    return iteration < iterations
        ? schedule.logAt(iteration) + Math.log(factor(iteration))
        : schedule.logAt(iteration);
  }

  private double factor(long iteration) {
    return Linear.between(startFactor, 1, iteration, iterations);
  }
}
