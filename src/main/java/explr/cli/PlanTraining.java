package explr.cli;

import explr.experiment.Pace;
import explr.experiment.Plan;
import explr.experiment.Segment;
import explr.experiment.Settings;
import explr.experiment.Trainer;
import explr.text.Seconds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Trains what is left of a plan, one segment after the other or several at a time, and shows the
 * progress.
 *
 * @param plan what to train
 * @param settings where to train it
 * @param parallelism how many segments at a time, on how many threads
 */
record PlanTraining(Plan plan, Settings settings, Parallelism parallelism) {

  /** Trains what is left. */
  void train() throws IOException, InterruptedException {
    PlanCost.Work left = PlanCost.Work.of(plan.segments(), this::left);
    if (left.iterations() == 0) {
      System.out.printf("%d runs, all trained already%n", plan.runs().size());
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%d runs, %,d iterations to train, %,d images in all: about %s here%n",
        plan.runs().size(),
        left.iterations(),
        left.iterations() * plan.profile().batchSize(),
        Seconds.text(cost(left).secondsLeft(parallelism.atOnce())));
    try (Progress progress = new Progress(left.iterations(), parallelism.jobs() > 1)) {
      if (parallelism.jobs() > 1) {
        new Jobs(runner(progress), parallelism.jobs()).train(plan.segments());
      } else {
        SegmentRunner here = here(progress);
        for (Segment segment : plan.segments()) {
          here.train(segment);
        }
      }
    }
  }

  private SegmentRunner runner(Progress progress) {
    return settings.backend().runsPrograms()
        ? here(progress)
        : new ProcessRunner(trainer(), settings.imageFolder(), progress, this::left);
  }

  private ThreadRunner here(Progress progress) {
    return new ThreadRunner(trainer(), plan.profile().batchSize(), progress, this::left);
  }

  private Trainer trainer() {
    return Trainer.of(settings);
  }

  /** The number of iterations of a segment that are still to be trained. */
  long left(Segment segment) {
    try {
      return trainer().left(segment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the plan costs here; takes a few steps to measure it. */
  PlanCost cost() throws InterruptedException {
    return cost(PlanCost.Work.of(plan.segments(), this::left));
  }

  private PlanCost cost(PlanCost.Work left) throws InterruptedException {
    return PlanCost.of(plan, Pace.measure(plan.task()), left);
  }
}
