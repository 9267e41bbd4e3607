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

      A turn is an epoch of CIFAR-10's size, %d steps; in float64 it lasts some seconds. "s an epoch" is the
      time of an epoch's steps. No side waits for the GPU at every step: Python waits once per turn, explr
      once per 32 steps at most, to read their logits. Each turn ends when its last step is done. explr's
      steps make their batches on the GPU: crop, flip, normalisation. Python's steps read batches that were
      copied to the GPU before; its captured steps copy each batch to the graph's input. Both captured steps
      contain forward pass, backward pass and the update by momentum SGD with weight decay. The compared
      losses of a captured step are computed after the capture, from the start of training; those of a whole
      run are the losses of its first steps, which run before the capture.

      A whole run adds the range guard and the scores of every batch; at the end of each epoch, the norm and
      angle of the watched weight, the evaluation of 10,000 test images, and saving the state; and a
      checkpoint every %d s, a time that includes the turns of the other variants. The images are those of
      the embedded sample, repeated. Several steps at a time: the steps of a turn are divided among threads
      of one process, each with its own CUDA stream and graph; "ms a step" counts the steps of all threads.

      Memory is that of the whole process after its last turn, including what PyTorch's allocator keeps for
      later use. The time to the first step includes warm-up and capture.

      """;

  /** For people. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%s\n\n", gpu.describe()));
    text.append(
        MarkdownReport.heading(results.measured().get(0).variant().workload().title(), results));
    text.append(table());
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
    MarkdownTable table =
        new MarkdownTable(
            "variant",
            "ms a step",
            "s an epoch",
            "images/s",
            "against Python's CUDA graph",
            "GPU's memory (MB)",
            "first step (s)");
    for (Measured one : results.measured()) {
      Spread step = Spread.of(one.millisecondsPerStep());
      table.row(
          List.of(
              one.variant().title(),
              MarkdownReport.spread(step, 2),
              Numbers.fixed(secondsPerEpoch(one), 2),
              Numbers.fixed(Spread.of(one.imagesPerSecond()).median(), 0),
              againstGraph(one).map(ratio -> MarkdownReport.spread(ratio, 2)).orElse("–"),
              MarkdownReport.number(one.deviceMegabytes(), 0),
              Numbers.fixed(Spread.of(one.secondsToFirstStep()).median(), 1)));
    }
    results.leftOut().forEach(out -> table.row(List.of(out.variant().title(), out.describe())));
    return table.toString();
  }

  private double secondsPerEpoch(Measured one) {
    return Spread.of(one.millisecondsPerStep()).median() * results.repetitions().steps() / 1000;
  }

  /** The speed relative to Python's CUDA graph without torch.compile in the same number type. */
  private Optional<Spread> againstGraph(Measured one) {
    String graph = "pytorch-graph-" + one.variant().workload().precision().label();
    return Measured.find(graph, results.measured()).map(one::speedAgainst);
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
