package explr.benchmark;

import explr.statistics.Spread;
import explr.text.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Results as Markdown, for people. */
final class MarkdownReport {

  private MarkdownReport() {}

  /** Speeds of the variants, checks and bars. */
  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(heading(results.measured().get(0).variant().workload().title(), results));
    text.append(variants(results)).append('\n');
    results.lossChecks().forEach(check -> text.append(lossCheck(check)));
    results.growths().forEach(growth -> text.append(growth(growth)));
    results.conversions().forEach(time -> text.append(conversion(time)));
    text.append(bars(Bar.of(results.measured()), 2));
    return text.toString();
  }

  static String bars(List<Bar> bars, int decimals) {
    MarkdownTable table = new MarkdownTable("bar", "limit", "measured", "");
    for (Bar bar : bars) {
      String limit = (bar.atLeast() ? "≥ " : "≤ ") + bar.limit();
      table.row(List.of(bar.what(), limit, number(bar.value(), decimals), bar.verdict()));
    }
    return "\n" + table;
  }

  /** The overhead of a whole run over its bare steps. */
  static String overhead(Results results) {
    Measured first = results.measured().get(0);
    String what = first.variant().workload().title() + ", " + first.version();
    StringBuilder text = new StringBuilder(heading(what, results));
    MarkdownTable table = new MarkdownTable("", "ms a step", "over the first");
    for (Measured measured : results.measured()) {
      table.row(
          List.of(
              measured.variant().title(),
              spread(Spread.of(measured.millisecondsPerStep()), 1),
              spread(first.speedAgainst(measured), 3)));
    }
    text.append(table);
    results
        .leftOut()
        .forEach(out -> text.append(String.format(Locale.ROOT, "\nLeft out: %s\n", out.reason())));
    text.append(
        String.format(
            Locale.ROOT,
            """

            A turn is an epoch of the embedded sample, %d steps: at batch 128 a tenth of the paper's epoch.
            Counted in a whole run: batches made and augmented while it trains, the range guard, loss and
            accuracy of every batch, at the end of every turn's period norm and angle of the watched weight
            and the state on the disk, checkpoints every %d s (the others' turns count as time, so that
            there are more of them than in a run that is alone), a listener that receives every step. Not
            counted: the evaluation on the test images, of which there is one, and the start.

            """,
            first.stepsPerTurn(),
            RunStepper.CHECKPOINT_EVERY.toSeconds()));
    results.lossChecks().forEach(check -> text.append(lossCheck(check)));
    return text.append(bars(Bar.ofOverhead(results.measured()), 3)).toString();
  }

  /** The measurements of this project alone at several sizes. */
  static String scaling(Results results) {
    StringBuilder text = new StringBuilder(heading(results.measured().get(0).version(), results));
    MarkdownTable table =
        new MarkdownTable("depth", "width", "batch", "threads", "images/s", "GFLOP/s", "peak MB");
    for (Measured measured : results.measured()) {
      Workload workload = measured.variant().workload();
      table.row(
          List.of(
              workload.depth(),
              workload.width(),
              workload.batchSize(),
              workload.threads(),
              spread(Spread.of(measured.imagesPerSecond()), 0),
              Numbers.fixed(Spread.of(measured.gigaflopsPerSecond()).median(), 0),
              number(measured.peakMegabytes(), 0)));
    }
    text.append(table);
    results
        .leftOut()
        .forEach(
            out ->
                text.append(
                    String.format(
                        Locale.ROOT, "\nLeft out: %s, %s\n", out.variant().id(), out.reason())));
    return text.toString();
  }

  static String heading(String what, Results results) {
    return String.format(
        Locale.ROOT,
        "%s; %s, cores %d, %s; %s, commit %s. Medians of %d rounds (smallest–largest).\n\n",
        what,
        results.machine().processor(),
        results.machine().cores(),
        results.machine().os(),
        results.began(),
        results.commit().orElse("unknown"),
        results.repetitions().rounds());
  }

  private static String variants(Results results) {
    MarkdownTable table =
        new MarkdownTable(
            "variant",
            "",
            "images/s",
            "against Python PyTorch eager",
            "GFLOP/s",
            "peak MB",
            "first step (s)",
            "runs on");
    for (Measured measured : results.measured()) {
      Spread speed = Spread.of(measured.imagesPerSecond());
      Optional<Spread> ratio = measured.base(results.measured()).map(measured::speedAgainst);
      boolean trains = measured.variant().trains();
      table.row(
          List.of(
              measured.variant().title(),
              measured.variant().workload().precision().label(),
              trains ? spread(speed, 0) : "–",
              trains && ratio.isPresent() ? spread(ratio.get(), 2) : "–",
              Numbers.fixed(Spread.of(measured.gigaflopsPerSecond()).median(), 0),
              number(measured.peakMegabytes(), 0),
              trains ? Numbers.fixed(Spread.of(measured.secondsToFirstStep()).median(), 1) : "–",
              measured.version()));
    }
    for (LeftOut out : results.leftOut()) {
      Variant variant = out.variant();
      table.row(List.of(variant.title(), variant.workload().precision().label(), out.describe()));
    }
    return table.toString();
  }

  static String lossCheck(LossCheck check) {
    return String.format(
        Locale.ROOT,
        "- First %d losses of %d sides in %s: deviate by %s at most (%s), %s %s: %s\n",
        Worker.LOSSES,
        check.sides(),
        check.precision().label(),
        Numbers.literal(check.deviation(), 2),
        check.farthest(),
        check.holds() ? "within" : "beyond",
        Numbers.literal(check.tolerance(), 1),
        check.holds() ? "all compute the same" : "THEY DO NOT COMPUTE THE SAME");
  }

  private static String growth(MemoryGrowth growth) {
    return String.format(
        Locale.ROOT,
        "- Memory of %s over %d steps of %s: from %s to %s MB\n",
        growth.variant().title(),
        growth.steps(),
        growth.variant().workload().architecture().name(),
        number(growth.before(), 0),
        number(growth.after(), 0));
  }

  private static String conversion(Conversions.Time time) {
    return String.format(
        Locale.ROOT,
        "- Conversion of a recipe of 10^6 iterations, %s: %s ± %s ms\n",
        time.benchmark(),
        Numbers.fixed(time.milliseconds(), 1),
        Numbers.fixed(time.error(), 1));
  }

  static String spread(Spread spread, int decimals) {
    return String.format(
        Locale.ROOT,
        "%s (%s–%s)",
        Numbers.fixed(spread.median(), decimals),
        Numbers.fixed(spread.low(), decimals),
        Numbers.fixed(spread.high(), decimals));
  }

  static String number(OptionalDouble value, int decimals) {
    return value.isPresent() ? Numbers.fixed(value.getAsDouble(), decimals) : "–";
  }
}
