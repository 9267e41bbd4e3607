package explr.experiment;

import explr.measurement.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How well a quantity of the runs at an exponential rate agrees with that of the runs with weight
 * decay.
 *
 * <p>Two runs that are equal in theory part by rounding within some hundred steps; what can be
 * compared afterwards are means over seeds, against their spread.
 *
 * @param what the quantity
 * @param exponential its mean over the seeds of the exponential runs
 * @param exponentialDeviation the standard deviation over those seeds, n − 1 in the denominator
 * @param decay the mean over the seeds of the runs with weight decay
 * @param decayDeviation the standard deviation over those seeds
 * @param seeds n: of each kind, ≥ 2
 */
public record Agreement(
    String what,
    double exponential,
    double exponentialDeviation,
    double decay,
    double decayDeviation,
    int seeds) {

  /**
   * The quantities that Figure 1 is about.
   *
   * @param exponential per-epoch tables, one for each seed
   * @param decay the same of the runs with weight decay, as many
   * @param weight the watched weight w
   */
  public static List<Agreement> of(List<Table> exponential, List<Table> decay, String weight) {
    if (exponential.size() < 2 || exponential.size() != decay.size()) {
      throw new IllegalArgumentException(
          "a spread needs at least 2 seeds of each kind and as many of both, not %d and %d"
              .formatted(exponential.size(), decay.size()));
    }
    String test = Column.TEST_ACCURACY.name();
    String rate = Column.logEffectiveRate(weight).name();
    return List.of(
        of("test accuracy, last epoch", exponential, decay, t -> last(values(t, test))),
        of(
            "test accuracy, mean of the last quarter",
            exponential,
            decay,
            t -> lastQuarter(values(t, test))),
        of(
            "log10 ‖w‖²/η, mean of the last quarter",
            exponential,
            decay,
            t -> -lastQuarter(values(t, rate))),
        of(
            "log10 ‖w‖²/η, drift over the last half",
            exponential,
            decay,
            t -> -drift(values(t, rate))));
  }

  private static Agreement of(
      String what, List<Table> exponential, List<Table> decay, ToDoubleFunction<Table> measure) {
    double[] a = exponential.stream().mapToDouble(measure).toArray();
    double[] b = decay.stream().mapToDouble(measure).toArray();
    return new Agreement(what, mean(a), deviation(a), mean(b), deviation(b), a.length);
  }

  /** The difference of the means in units of its standard error, √((s₁² + s₂²) / n). */
  public double standardErrors() {
    double error = Math.sqrt((square(exponentialDeviation) + square(decayDeviation)) / seeds);
    return Math.abs(exponential - decay) / error;
  }

  /** These as a table, a row each. */
  public static Table table(List<Agreement> agreements) {
    return Table.create(
        "Exponential runs against runs with weight decay",
        StringColumn.create("quantity", agreements.stream().map(Agreement::what)),
        column("exponential", agreements, a -> a.exponential),
        column("exponential, deviation", agreements, a -> a.exponentialDeviation),
        column("weight decay", agreements, a -> a.decay),
        column("weight decay, deviation", agreements, a -> a.decayDeviation),
        column("difference in standard errors", agreements, Agreement::standardErrors));
  }

  private static DoubleColumn column(
      String name, List<Agreement> agreements, ToDoubleFunction<Agreement> value) {
    return DoubleColumn.create(
        name, agreements.stream().mapToDouble(value).map(Agreement::rounded).toArray());
  }

  private static double rounded(double value) {
    return Double.isFinite(value)
        ? Double.parseDouble(String.format(Locale.ROOT, "%.4g", value))
        : value;
  }

  private static double[] values(Table table, String column) {
    return table.doubleColumn(column).asDoubleArray();
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  private static double lastQuarter(double[] values) {
    return mean(Arrays.copyOfRange(values, values.length - (values.length + 3) / 4, values.length));
  }

  /** The mean of the last quarter less that of the quarter before it. */
  private static double drift(double[] values) {
    int quarter = (values.length + 3) / 4;
    int from = Math.max(0, values.length - 2 * quarter);
    return lastQuarter(values) - mean(Arrays.copyOfRange(values, from, from + quarter));
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElse(Double.NaN);
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = DoubleStream.of(values).map(value -> square(value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  private static double square(double value) {
    return value * value;
  }
}
