package explr.benchmark;

import explr.csv.CsvWriter;
import explr.statistics.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Results as CSV, for programs. */
final class CsvReport {

  private static final List<String> HEADER =
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

  private CsvReport() {}

  /** A row for each measured variant. */
  static String of(Results results) {
    return CsvWriter.text(
        csv -> {
          csv.row(HEADER);
          results.measured().forEach(measured -> csv.row(row(measured, results.measured())));
        });
  }

  private static List<String> row(Measured measured, List<Measured> all) {
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
        measured
            .base(all)
            .filter(other -> trains)
            .map(other -> (Object) measured.speedAgainst(other).median())
            .orElse(""));
    fields.add(Spread.of(measured.gigaflopsPerSecond()).median());
    OptionalDouble peak = measured.peakMegabytes();
    fields.add(peak.isPresent() ? (Object) peak.getAsDouble() : "");
    fields.add(trains ? (Object) Spread.of(measured.secondsToFirstStep()).median() : "");
    return fields.stream().map(String::valueOf).toList();
  }
}
