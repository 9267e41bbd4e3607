package explr.paper;

import explr.measurement.Column;
import explr.text.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/** Sentences with the numbers of runs, for the captions of figures. */
final class Captions {

  private Captions() {}

  /**
   * Joins sentences to a caption.
   *
   * @param runs that are drawn; for several seeds, a last sentence explains lines and bands
   */
  static String of(List<RunSeries> runs, String... sentences) {
    if (runs.stream().allMatch(run -> run.measured().isEmpty())) {
      return "Nothing is measured yet.";
    }
    return Stream.concat(Stream.of(sentences), Stream.of(seeds(runs)))
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /**
   * "Test accuracy after 200 epochs: cosine 93.1 %; its TEXP 93.0 %.", with a number for each seed.
   * A table does not say whether its run is finished: where runs have reached different epochs,
   * each accuracy is given with its epoch.
   */
  static String accuracies(List<RunSeries> runs) {
    return accuracies(runs, "", values -> values[values.length - 1]);
  }

  /**
   * The same with the mean of the last quarter: at a high rate a single accuracy fluctuates by many
   * points.
   */
  static String lateAccuracies(List<RunSeries> runs) {
    return accuracies(runs, ", mean of the last quarter", Captions::lastQuarter);
  }

  private static String accuracies(
      List<RunSeries> runs, String which, ToDoubleFunction<double[]> value) {
    List<Double> ends = ends(runs);
    boolean together = ends.size() == 1;
    return "Test accuracy %s%s: %s."
        .formatted(
            together ? "after " + RunPanels.duration(ends.get(0)) : "so far",
            which,
            begun(runs)
                .map(run -> run.name() + " " + accuracies(run, together, value))
                .collect(Collectors.joining("; ")));
  }

  private static String accuracies(
      RunSeries run, boolean together, ToDoubleFunction<double[]> value) {
    return run.measured().stream()
        .map(
            table ->
                percent(value.applyAsDouble(RunSeries.testAccuracy().apply(table)))
                    + (together ? " %" : " %% (epoch %s)".formatted(RunPanels.epoch(end(table)))))
        .collect(Collectors.joining(", "));
  }

  private static double lastQuarter(double[] values) {
    return Arrays.stream(values, values.length * 3 / 4, values.length).average().orElseThrow();
  }

  /** The distinct last epochs of the runs' tables. */
  private static List<Double> ends(List<RunSeries> runs) {
    return begun(runs)
        .flatMap(run -> run.measured().stream())
        .map(Captions::end)
        .distinct()
        .toList();
  }

  private static double end(Table table) {
    return table.numberColumn(Column.EPOCH.name()).getDouble(table.rowCount() - 1);
  }

  private static Stream<RunSeries> begun(List<RunSeries> runs) {
    return runs.stream().filter(run -> !run.measured().isEmpty());
  }

  /** "from 0.488 to 0.0843": a value at the end of the first phase, and one period later. */
  static String across(
      Milestones milestones,
      RunSeries run,
      Function<Table, double[]> values,
      Function<Double, String> text) {
    int row = milestones.firstRow();
    return "from %s to %s"
        .formatted(text.apply(run.at(row, values)), text.apply(run.at(row + 1, values)));
  }

  /**
   * The mean relative difference |a/b − 1| of the angles of two runs over the periods that both
   * have, in percent; NaN without such periods.
   */
  static double anglesApart(RunSeries a, RunSeries b) {
    int rows = Math.min(rows(a), rows(b));
    return IntStream.range(0, rows)
        .mapToDouble(row -> 100 * Math.abs(a.at(row, a.angle()) / b.at(row, b.angle()) - 1))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static int rows(RunSeries run) {
    return run.measured().stream().mapToInt(Table::rowCount).max().orElse(0);
  }

  /** Whether both have reached the same epoch, so that their last values compare. */
  static boolean both(RunSeries a, RunSeries b) {
    List<RunSeries> runs = List.of(a, b);
    return begun(runs).count() == 2 && ends(runs).size() == 1;
  }

  /** An accuracy in percent: one decimal. */
  static String percent(double value) {
    return Numbers.fixed(value, 1);
  }

  /** Any other number: three significant digits. */
  static String number(double value) {
    return Numbers.significant(value, 3);
  }

  /** Explains lines and bands if a curve has more than one seed; otherwise empty. */
  static String seeds(List<RunSeries> runs) {
    List<RunSeries> begun = begun(runs).toList();
    List<Integer> counts = begun.stream().map(run -> run.measured().size()).distinct().toList();
    if (counts.stream().allMatch(count -> count == 1)) {
      return "";
    }
    String count =
        counts.size() == 1
            ? counts.get(0).toString()
            : begun.stream()
                .map(run -> run.measured().size() + " (" + run.name() + ")")
                .collect(Collectors.joining(" and "));
    return "Lines are means over "
        + count
        + " seeds; bands reach from the smallest to the largest.";
  }
}
