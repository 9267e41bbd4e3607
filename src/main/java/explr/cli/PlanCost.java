package explr.cli;

import explr.experiment.Pace;
import explr.experiment.Plan;
import explr.experiment.Segment;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a plan costs on this machine.
 *
 * @param all of it
 * @param left of it
 * @param perIteration seconds of an iteration with its share of evaluation
 */
record PlanCost(Work all, Work left, double perIteration) {

  /**
   * Iterations of a plan.
   *
   * @param iterations of all segments
   * @param longest of segments that must be trained one after the other
   */
  record Work(long iterations, long longest) {

    static Work of(List<Segment> segments, ToLongFunction<Segment> iterations) {
      long[] until = new long[segments.size()];
      long sum = 0;
      long longest = 0;
      for (int i = 0; i < until.length; i++) {
        long own = iterations.applyAsLong(segments.get(i));
        // A segment comes after its parent.
        until[i] = own + segments.get(i).parent().stream().mapToLong(p -> until[p]).sum();
        sum += own;
        longest = Math.max(longest, until[i]);
      }
      return new Work(sum, longest);
    }

    /** One after the other, so many segments at a time at best. */
    double inARow(int atOnce) {
      return Math.max(longest, (double) iterations / atOnce);
    }
  }

  /**
   * The cost at a measured pace.
   *
   * @param left what of the plan is still to be trained
   */
  static PlanCost of(Plan plan, Pace pace, Work left) {
    Work all = Work.of(plan.segments(), Segment::iterations);
    double seconds = pace.seconds(all.iterations, plan.periods(), plan.profile().testImages());
    return new PlanCost(all, left, seconds / all.iterations);
  }

  /** The time of all of it, so many segments at a time. */
  double seconds(int atOnce) {
    return all.inARow(atOnce) * perIteration;
  }

  /** The time of what is left. */
  double secondsLeft(int atOnce) {
    return left.inARow(atOnce) * perIteration;
  }
}
