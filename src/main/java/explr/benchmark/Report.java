package explr.benchmark;

import com.google.gson.GsonBuilder;
import explr.csv.CsvWriter;
import explr.statistics.Spread;
import explr.text.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Results as text: Markdown for people, CSV and JSON for programs. */
final class Report {

  private static final List<String> CSV_HEADER =
      List.of(
          "variant",
          "precision",
          "depth",
          "width",
          "batch_size",
          "threads",
          "images_per_second",
          "low",
          "high",
          "ratio_to_pytorch_eager",
          "gigaflops_per_second",
          "peak_megabytes",
          "seconds_to_first_step");

  private Report() {}

  /**
   * The reference of the ratios of a number type: PyTorch in Python, eager, as most people use it.
   */
  private static Optional<Measured> base(Measured of, List<Measured> measured) {
    return measured.stream()
        .filter(m -> m.variant().id().startsWith("pytorch-eager"))
        .filter(m -> m.variant().workload().precision() == of.variant().workload().precision())
        .findFirst();
  }

  static String markdown(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(heading(results.measured().get(0).variant().workload().title(), results));
    text.append(variants(results));
    results.leftOut().forEach(out -> text.append(leftOut(out)));
    text.append('\n');
    results.lossChecks().forEach(check -> text.append(lossCheck(check)));
    results.growths().forEach(growth -> text.append(growth(growth)));
    results.conversions().forEach(time -> text.append(conversion(time)));
    text.append(bars(Bar.of(results.measured()), 2));
    return text.toString();
  }

  private static String bars(List<Bar> bars, int decimals) {
    StringBuilder rows = new StringBuilder("\n| bar | limit | measured | |\n|---|---|---|---|\n");
    for (Bar bar : bars) {
      rows.append(
          "| %s | %s %s | %s | %s |%n"
              .formatted(
                  bar.what(),
                  bar.atLeast() ? "≥" : "≤",
                  bar.limit(),
                  number(bar.value(), decimals),
                  bar.verdict()));
    }
    return rows.toString();
  }

  /** The overhead of a whole run over its bare steps. */
  static String overhead(Results results) {
    Measured first = results.measured().get(0);
    String what = first.variant().workload().title() + ", " + first.version();
    StringBuilder text = new StringBuilder(heading(what, results));
    text.append("| | ms a step | over the first |\n|---|---|---|\n");
    for (Measured measured : results.measured()) {
      text.append(
          "| %s | %s | %s |%n"
              .formatted(
                  measured.variant().title(),
                  spread(Spread.of(measured.millisecondsPerStep()), 1),
                  spread(first.speedAgainst(measured), 3)));
    }
    results.leftOut().forEach(out -> text.append("%nLeft out: %s%n".formatted(out.reason())));
    text.append(
        """

        A turn is an epoch of the embedded sample, %d steps: at batch 128 a tenth of the paper's epoch.
        Counted in a whole run: batches made and augmented while it trains, the range guard, loss and
        accuracy of every batch, at the end of every turn's period norm and angle of the watched weight
        and the state on the disk, checkpoints every 30 s (the others' turns count as time, so that
        there are more of them than in a run that is alone), a listener that hears of every step. Not
        counted: the evaluation on the test images, of which there is one, and the start.

        """
            .formatted(first.stepsPerTurn()));
    results.lossChecks().forEach(check -> text.append(lossCheck(check)));
    return text.append(bars(Bar.ofOverhead(results.measured()), 3)).toString();
  }

  /** The measurements of this project alone at several sizes. */
  static String scaling(Results results) {
    StringBuilder text = new StringBuilder(heading(results.measured().get(0).version(), results));
    text.append("| depth | width | batch | threads | images/s | GFLOP/s | peak MB |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Measured measured : results.measured()) {
      Workload workload = measured.variant().workload();
      text.append(
          "| %d | %d | %d | %d | %s | %s | %s |%n"
              .formatted(
                  workload.depth(),
                  workload.width(),
                  workload.batchSize(),
                  workload.threads(),
                  spread(Spread.of(measured.imagesPerSecond()), 0),
                  Numbers.fixed(Spread.of(measured.gigaflopsPerSecond()).median(), 0),
                  number(measured.peakMegabytes(), 0)));
    }
    results
        .leftOut()
        .forEach(
            out -> text.append("%nLeft out: %s, %s%n".formatted(out.variant().id(), out.reason())));
    return text.toString();
  }

  private static String heading(String what, Results results) {
    return String.format(
        Locale.ROOT,
        "%s; %s, cores %d, %s; %s, commit %s. Medians of %d rounds (smallest–largest).%n%n",
        what,
        results.machine().processor(),
        results.machine().cores(),
        results.machine().os(),
        results.began(),
        results.commit().orElse("unknown"),
        results.repetitions().rounds());
  }

  private static String variants(Results results) {
    StringBuilder rows =
        new StringBuilder(
            "| variant | | images/s | against Python PyTorch eager | GFLOP/s | peak MB | first step"
                + " (s) | runs on |\n|---|---|---|---|---|---|---|---|\n");
    for (Measured measured : results.measured()) {
      Spread speed = Spread.of(measured.imagesPerSecond());
      Optional<Spread> ratio = base(measured, results.measured()).map(measured::speedAgainst);
      boolean trains = measured.variant().trains();
      rows.append(
          "| %s | %s | %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  measured.variant().title(),
                  measured.variant().workload().precision().name().toLowerCase(Locale.ROOT),
                  trains ? spread(speed, 0) : "–",
                  trains && ratio.isPresent() ? spread(ratio.get(), 2) : "–",
                  Numbers.fixed(Spread.of(measured.gigaflopsPerSecond()).median(), 0),
                  number(measured.peakMegabytes(), 0),
                  trains
                      ? Numbers.fixed(Spread.of(measured.secondsToFirstStep()).median(), 1)
                      : "–",
                  measured.version()));
    }
    return rows.toString();
  }

  private static String leftOut(LeftOut out) {
    return "| %s | %s | %s: %s | | | | | |%n"
        .formatted(
            out.variant().title(),
            out.variant().workload().precision().name().toLowerCase(Locale.ROOT),
            out.failed() ? "failed" : "not installed",
            out.reason().replace("|", "\\|"));
  }

  private static String lossCheck(LossCheck check) {
    return String.format(
        Locale.ROOT,
        "- First %d losses of %d sides in %s: deviate by %s at most (%s), %s %s: %s%n",
        Worker.LOSSES,
        check.sides(),
        check.precision().name().toLowerCase(Locale.ROOT),
        Numbers.literal(check.deviation(), 2),
        check.farthest(),
        check.holds() ? "within" : "beyond",
        Numbers.literal(check.tolerance(), 1),
        check.holds() ? "all compute the same" : "THEY DO NOT COMPUTE THE SAME");
  }

  private static String growth(MemoryGrowth growth) {
    return "- Memory of %s over %d steps of %s: from %s to %s MB%n"
        .formatted(
            growth.variant().title(),
            growth.steps(),
            growth.variant().workload().architecture().name(),
            number(growth.before(), 0),
            number(growth.after(), 0));
  }

  private static String conversion(Conversions.Time time) {
    return "- Conversion of a recipe of 10^6 iterations, %s: %s ± %s ms%n"
        .formatted(
            time.benchmark(),
            Numbers.fixed(time.milliseconds(), 1),
            Numbers.fixed(time.error(), 1));
  }

  private static String spread(Spread spread, int decimals) {
    return "%s (%s–%s)"
        .formatted(
            Numbers.fixed(spread.median(), decimals),
            Numbers.fixed(spread.low(), decimals),
            Numbers.fixed(spread.high(), decimals));
  }

  private static String number(OptionalDouble value, int decimals) {
    return value.isPresent() ? Numbers.fixed(value.getAsDouble(), decimals) : "–";
  }

  /** A row for each measured variant. */
  static String csv(Results results) {
    return CsvWriter.text(
        csv -> {
          csv.row(CSV_HEADER);
          results.measured().forEach(measured -> csv.row(csvRow(measured, results.measured())));
        });
  }

  private static List<String> csvRow(Measured measured, List<Measured> all) {
    Workload workload = measured.variant().workload();
    Spread speed = Spread.of(measured.imagesPerSecond());
    boolean trains = measured.variant().trains();
    List<Object> fields = new ArrayList<>();
    fields.addAll(List.of(measured.variant().id(), workload.precision().name()));
    fields.addAll(List.of(workload.depth(), workload.width(), workload.batchSize()));
    fields.add(workload.threads());
    fields.addAll(
        trains ? List.of(speed.median(), speed.low(), speed.high()) : List.of("", "", ""));
    fields.add(
        base(measured, all)
            .filter(other -> trains)
            .map(other -> (Object) measured.speedAgainst(other).median())
            .orElse(""));
    fields.add(Spread.of(measured.gigaflopsPerSecond()).median());
    OptionalDouble peak = measured.peakMegabytes();
    fields.add(peak.isPresent() ? (Object) peak.getAsDouble() : "");
    fields.add(Spread.of(measured.secondsToFirstStep()).median());
    return fields.stream().map(String::valueOf).toList();
  }

  /** All measurements, including each round and each start. */
  static String json(Results results, List<Bar> bars) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("began", results.began().toString());
    root.put("commit", results.commit().orElse(null));
    root.put("machine", results.machine());
    root.put("plan", results.repetitions());
    root.put("variants", results.measured().stream().map(Report::tree).toList());
    root.put(
        "left_out",
        results.leftOut().stream()
            .map(out -> Map.of("variant", out.variant().id(), "reason", out.reason()))
            .toList());
    root.put("loss_checks", results.lossChecks());
    root.put("memory_growth", results.growths().stream().map(Report::tree).toList());
    root.put("conversions", results.conversions());
    root.put("bars", bars.stream().map(Report::tree).toList());
    return new GsonBuilder()
        .setPrettyPrinting()
        .serializeSpecialFloatingPointValues()
        .disableHtmlEscaping()
        .create()
        .toJson(root);
  }

  private static Map<String, Object> tree(Measured measured) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("variant", measured.variant().id());
    tree.put("title", measured.variant().title());
    tree.put("runs_on", measured.version());
    tree.put("workload", measured.variant().workload());
    tree.put("environment", measured.variant().environment());
    tree.put("steps_per_turn", measured.stepsPerTurn());
    tree.put("seconds_per_turn", measured.secondsPerTurn());
    tree.put("images_per_second", measured.variant().trains() ? measured.imagesPerSecond() : null);
    tree.put("gigaflops_per_second", measured.gigaflopsPerSecond());
    tree.put("seconds_to_first_step", measured.secondsToFirstStep());
    tree.put("peak_megabytes", boxed(measured.peakMegabytes()));
    tree.put("losses", measured.losses());
    return tree;
  }

  private static Map<String, Object> tree(MemoryGrowth growth) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("variant", growth.variant().id());
    tree.put("steps", growth.steps());
    tree.put("megabytes_before", boxed(growth.before()));
    tree.put("megabytes_after", boxed(growth.after()));
    return tree;
  }

  private static Map<String, Object> tree(Bar bar) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("what", bar.what());
    tree.put(bar.atLeast() ? "at_least" : "at_most", bar.limit());
    tree.put("measured", boxed(bar.value()));
    tree.put("verdict", bar.verdict());
    return tree;
  }

  private static Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
