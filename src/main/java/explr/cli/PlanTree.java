package explr.cli;

import explr.experiment.Curve;
import explr.experiment.Plan;
import explr.experiment.Segment;
import explr.text.Seconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as a tree of segments, with what it costs on this machine. */
final class PlanTree {

  private final PlanTraining training;
  private final Plan plan;
  private final int perEpoch;
  private final List<String> lines = new ArrayList<>();

  private PlanTree(PlanTraining training) {
    this.training = training;
    this.plan = training.plan();
    this.perEpoch = plan.profile().measurementsPerEpoch();
  }

  /** The lines of the tree, then the totals. */
  static List<String> lines(PlanTraining training, Parallelism parallelism)
      throws InterruptedException {
    PlanTree tree = new PlanTree(training);
    tree.addChildren(-1, "");
    tree.addTotals(training.cost(), parallelism);
    return List.copyOf(tree.lines);
  }

  private void addChildren(int parent, String indent) {
    for (int i = 0; i < plan.segments().size(); i++) {
      Segment segment = plan.segments().get(i);
      if (segment.parent().orElse(-1) == parent) {
        lines.add(
            indent
                + "epochs %s to %s%s: %s (seed %d)"
                    .formatted(
                        epochs(segment.from() - 1),
                        epochs(segment.to()),
                        training.left(segment) == 0 ? ", done" : "",
                        segment.sharedBy().stream()
                            .map(Curve::title)
                            .collect(Collectors.joining("; ")),
                        segment.run().seed()));
        addChildren(i, indent + "    ");
      }
    }
  }

  private void addTotals(PlanCost cost, Parallelism parallelism) {
    boolean shared = plan.periods() < plan.shown();
    lines.add(
        epochs(plan.periods())
            + " epochs to train"
            + (shared
                ? " instead of %s, since runs share their past".formatted(epochs(plan.shown()))
                : ""));
    lines.add(
        String.format(
            Locale.ROOT,
            "about %s here, %d at a time; %s of it done, about %s left",
            Seconds.text(cost.seconds(parallelism.atOnce())),
            parallelism.jobs(),
            percent(cost),
            Seconds.text(cost.secondsLeft(parallelism.atOnce()))));
  }

  private static String percent(PlanCost cost) {
    long all = cost.all().iterations();
    return Math.round(100.0 * (all - cost.left().iterations()) / all) + " %";
  }

  private String epochs(long periods) {
    return periods % perEpoch == 0
        ? String.format(Locale.ROOT, "%,d", periods / perEpoch)
        : String.format(Locale.ROOT, "%,.1f", (double) periods / perEpoch);
  }
}
