package explr.cli;

import explr.experiment.Experiment;
import explr.experiment.Plan;
import explr.experiment.Plan.Segment;
import explr.store.StoredRun;
import explr.text.Seconds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Trains what is left of a plan, one segment after the other or several at a time. */
final class Trainer {

  private final Experiment experiment;
  private final RunOptions options;
  private final Parallelism parallelism;

  Trainer(Experiment experiment, RunOptions options, Parallelism parallelism) {
    this.experiment = experiment;
    this.options = options;
    this.parallelism = parallelism;
  }

  /** Trains what is left. */
  void train(Plan plan) throws IOException, InterruptedException {
    PlanCost.Work left = PlanCost.Work.of(plan.segments(), this::left);
    if (left.iterations() == 0) {
      System.out.printf("%d runs, all trained already%n", plan.runs().size());
      return;
    }
    PlanCost cost = PlanCost.of(experiment, plan, left);
    System.out.printf(
        Locale.ROOT,
        "%d runs, %,d iterations to train, %,d images in all: about %s here%n",
        plan.runs().size(),
        left.iterations(),
        left.iterations() * experiment.profile().batchSize(),
        Seconds.text(cost.secondsLeft(parallelism.atOnce())));
    try (Progress progress = new Progress(left.iterations(), parallelism.jobs() > 1)) {
      if (parallelism.jobs() > 1) {
        new Jobs(options, parallelism.jobs(), parallelism.threads(), progress, this::left)
            .train(plan.segments());
      } else {
        for (Segment segment : plan.segments()) {
          train(segment, progress);
        }
      }
    }
  }

  private void train(Segment segment, Progress progress) throws IOException, InterruptedException {
    progress.begin(segment, left(segment));
    String title = segment.run().title();
    Teller teller =
        new Teller(
            experiment.profile().batchSize(),
            progress::trained,
            period -> progress.period(title, period),
            notice -> progress.notice(title, notice));
    experiment
        .run(segment.run().curve(), segment.run().seed())
        .train(segment.to(), options.steps(), teller);
  }

  /** How many iterations of a segment are still to be trained. */
  private long left(Segment segment) {
    StoredRun run = experiment.run(segment.run().curve(), segment.run().seed());
    try {
      long done = run.iterationsDone(segment.to(), options.steps());
      long from = segment.run().lineage().end(segment.from() - 1);
      return segment.run().lineage().end(segment.to()) - Math.max(from, done);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plan as a tree, with what it costs here. */
  List<String> describe(Plan plan) throws InterruptedException {
    PlanCost cost = PlanCost.of(experiment, plan, PlanCost.Work.of(plan.segments(), this::left));
    int perEpoch = experiment.profile().measurementsPerEpoch();
    List<String> lines = new ArrayList<>();
    describe(plan, -1, "", perEpoch, lines);
    boolean shared = plan.periods() < plan.shown();
    lines.add(
        epochs(plan.periods(), perEpoch)
            + " epochs to train"
            + (shared
                ? " instead of %s, since runs share their past"
                    .formatted(epochs(plan.shown(), perEpoch))
                : ""));
    lines.add(
        String.format(
            Locale.ROOT,
            "about %s here, %d at a time; %s of it done, about %s left",
            Seconds.text(cost.seconds(parallelism.atOnce())),
            parallelism.jobs(),
            percent(cost),
            Seconds.text(cost.secondsLeft(parallelism.atOnce()))));
    return lines;
  }

  private static String percent(PlanCost cost) {
    long all = cost.all().iterations();
    return Math.round(100.0 * (all - cost.left().iterations()) / all) + " %";
  }

  private void describe(Plan plan, int parent, String indent, int perEpoch, List<String> lines) {
    for (int i = 0; i < plan.segments().size(); i++) {
      Segment segment = plan.segments().get(i);
      if (segment.parent().orElse(-1) == parent) {
        lines.add(
            indent
                + "epochs %s to %s%s: %s (seed %d)"
                    .formatted(
                        epochs(segment.from() - 1, perEpoch),
                        epochs(segment.to(), perEpoch),
                        left(segment) == 0 ? ", done" : "",
                        String.join("; ", segment.sharedBy()),
                        segment.run().seed()));
        describe(plan, i, indent + "    ", perEpoch, lines);
      }
    }
  }

  private static String epochs(long periods, int perEpoch) {
    return periods % perEpoch == 0
        ? String.format(Locale.ROOT, "%,d", periods / perEpoch)
        : String.format(Locale.ROOT, "%,.1f", (double) periods / perEpoch);
  }
}
