package explr.cli;

import explr.experiment.Experiment;
import explr.experiment.Pace;
import explr.experiment.Plan;
import explr.experiment.Plan.Segment;
import explr.store.StoredRun;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a plan costs on this machine.
 *
 * @param iterations of all segments
 * @param iterationsLeft of them
 * @param perIteration seconds of an iteration with its share of evaluation
 */
record PlanCost(long iterations, long iterationsLeft, double perIteration) {

  /** Takes a few calibrating steps. */
  static PlanCost of(Experiment experiment, Plan plan) throws InterruptedException {
    long iterations = plan.segments().stream().mapToLong(Segment::iterations).sum();
    Pace pace = experiment.pace();
    double seconds = pace.seconds(iterations, plan.periods(), experiment.profile().testImages());
    return new PlanCost(iterations, left(experiment, plan), seconds / iterations);
  }

  /** How many iterations of a plan are still to be trained. */
  static long left(Experiment experiment, Plan plan) {
    return plan.segments().stream().mapToLong(segment -> left(experiment, segment)).sum();
  }

  /** How many iterations of a segment are still to be trained. */
  static long left(Experiment experiment, Segment segment) {
    StoredRun run = experiment.run(segment.run().curve(), segment.run().seed());
    try {
      long done = run.iterationsDone(segment.to());
      long from = segment.run().lineage().end(segment.from() - 1);
      return segment.run().lineage().end(segment.to()) - Math.max(from, done);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The time of all of it, so many segments at a time. */
  double seconds(int jobs) {
    return iterations * perIteration / jobs;
  }

  /** The time of what is left. */
  double secondsLeft(int jobs) {
    return iterationsLeft * perIteration / jobs;
  }
}
