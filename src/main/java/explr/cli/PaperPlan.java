package explr.cli;

import explr.benchmark.PaperWork;
import explr.benchmark.RepeatedImages;
import explr.benchmark.Workload;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.experiment.Plan;
import explr.experiment.Profile;
import explr.experiment.Segment;
import java.util.List;
import java.util.Optional;

/** The training behind the paper's six figures, one seed, at the paper's size. */
final class PaperPlan {

  private PaperPlan() {}

  /** As many iterations as the plan of profile {@code paper} has; empty for another workload. */
  static Optional<PaperWork> work(Workload workload) {
    Profile paper = Profile.of("paper");
    boolean same =
        workload.depth() == paper.depth()
            && workload.width() == paper.width()
            && workload.batchSize() == paper.batchSize();
    return same ? Optional.of(work(paper)) : Optional.empty();
  }

  private static PaperWork work(Profile paper) {
    Plan plan =
        Plan.of(
            paper,
            RepeatedImages.ofThePapersSize(EmbeddedSample.load()),
            Backend.auto(),
            List.of(0L));
    PlanCost.Work work = PlanCost.Work.of(plan.segments(), Segment::iterations);
    return new PaperWork(work.iterations(), work.longest());
  }
}
