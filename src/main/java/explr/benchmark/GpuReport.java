package explr.benchmark;

import explr.csv.CsvWriter;
import explr.machine.GpuFacts;
import explr.statistics.Spread;
import explr.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The comparison on a GPU as text.
 *
 * @param results measured
 * @param gpu the card and its software
 * @param bars computed from the results
 */
record GpuReport(Results results, GpuFacts gpu, List<Bar> bars) {

  private static final List<String> CSV_HEADER =
      List.of(
          "variant",
          "precision",
          "milliseconds_per_step",
          "low",
          "high",
          "seconds_per_epoch",
          "images_per_second",
          "ratio_to_python_graph",
          "device_megabytes",
          "host_megabytes",
          "seconds_to_first_step");

  private static final String NOTES =
      """

      A turn is an epoch of CIFAR-10's size, %d steps, in float64 some seconds; s an epoch is the time of as
      many steps. No side waits for the GPU at every step: Python waits once a turn; explr once for at most
      32 steps, whose logits it reads. Every turn of every process ends when its last step is done. explr's
      steps make their batches on the GPU: crop, flip, normalisation. Python's read a ring of batches that
      lie ready there; its captured steps copy them to where the graph reads. Both captured steps contain
      forward pass, backward pass and the update by momentum SGD with weight decay. The losses of captured
      steps that are compared are computed after the capture, from the start again; a whole run's are those
      of its first steps, before it.

      A whole run adds the range guard, the scores of every batch, and at the end of each turn's epoch norm
      and angle of the watched weight, the evaluation of 10,000 test images and the state on the disk;
      checkpoints every %d s, where the others' turns count as time. The images are those of the embedded
      sample, repeated. Several at a time: the steps of a turn are shared among threads of one process, each
      with a CUDA stream and a graph of its own; ms a step counts the steps of all.

      Memory is that of the whole process after its last turn, with what PyTorch's allocator keeps for later
      use. The time to the first step includes warm-up and capture.

      """;

  /** For people. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%s\n\n", gpu.describe()));
    text.append(
        MarkdownReport.heading(results.measured().get(0).variant().workload().title(), results));
    text.append(table());
    results.leftOut().forEach(out -> text.append(leftOut(out)));
    text.append(
        String.format(
            Locale.ROOT,
            NOTES,
            results.repetitions().steps(),
            RunStepper.CHECKPOINT_EVERY.toSeconds()));
    versions().forEach(version -> text.append(String.format(Locale.ROOT, "- %s\n", version)));
    results.lossChecks().forEach(check -> text.append(MarkdownReport.lossCheck(check)));
    return text.append(MarkdownReport.bars(bars, 2)).toString();
  }

  private List<String> versions() {
    return results.measured().stream().map(Measured::version).distinct().toList();
  }

  private String table() {
    StringBuilder rows =
        new StringBuilder(
            "| variant | ms a step | s an epoch | images/s | against Python's CUDA graph | GPU's"
                + " memory (MB) | first step (s) |\n|---|---|---|---|---|---|---|\n");
    for (Measured one : results.measured()) {
      Spread step = Spread.of(one.millisecondsPerStep());
      rows.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s | %s |\n",
              one.variant().title(),
              MarkdownReport.spread(step, 2),
              Numbers.fixed(secondsPerEpoch(one), 2),
              Numbers.fixed(Spread.of(one.imagesPerSecond()).median(), 0),
              againstGraph(one).map(ratio -> MarkdownReport.spread(ratio, 2)).orElse("–"),
              MarkdownReport.number(one.deviceMegabytes(), 0),
              Numbers.fixed(Spread.of(one.secondsToFirstStep()).median(), 1)));
    }
    return rows.toString();
  }

  private static String leftOut(LeftOut out) {
    return String.format(
        Locale.ROOT,
        "| %s | %s: %s | | | | | |\n",
        out.variant().title(),
        out.failed() ? "failed" : "not installed",
        MarkdownReport.cell(out.reason()));
  }

  private double secondsPerEpoch(Measured one) {
    return Spread.of(one.millisecondsPerStep()).median() * results.repetitions().steps() / 1000;
  }

  /** The speed relative to Python's fastest plain graph in the same number type. */
  private Optional<Spread> againstGraph(Measured one) {
    String graph = "pytorch-graph-" + one.variant().workload().precision().label();
    return results.measured().stream()
        .filter(other -> other.variant().id().equals(graph))
        .findFirst()
        .map(one::speedAgainst);
  }

  /** A row for each measured variant. */
  String csv() {
    return CsvWriter.text(
        csv -> {
          csv.row(CSV_HEADER);
          results.measured().forEach(one -> csv.row(row(one)));
        });
  }

  private List<String> row(Measured one) {
    Spread step = Spread.of(one.millisecondsPerStep());
    Function<OptionalDouble, Object> known =
        value -> value.isPresent() ? (Object) value.getAsDouble() : "";
    List<Object> fields = new ArrayList<>();
    fields.addAll(List.of(one.variant().id(), one.variant().workload().precision().label()));
    fields.addAll(List.of(step.median(), step.low(), step.high(), secondsPerEpoch(one)));
    fields.add(Spread.of(one.imagesPerSecond()).median());
    fields.add(againstGraph(one).map(ratio -> (Object) ratio.median()).orElse(""));
    fields.add(known.apply(one.deviceMegabytes()));
    fields.add(known.apply(one.peakMegabytes()));
    fields.add(Spread.of(one.secondsToFirstStep()).median());
    return fields.stream().map(String::valueOf).toList();
  }
}
