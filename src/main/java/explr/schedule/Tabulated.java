package explr.schedule;

import java.util.Arrays;
import java.util.List;

/**
 * A list of values, one for each iteration; outside the list there is none, and asking is an error.
 *
 * @param values the values, or their natural logarithms
 * @param logarithms whether the list holds logarithms, as it must where values leave the range of a
 *     double
 */
public record Tabulated(List<Double> values, boolean logarithms) implements KnownSchedule {

  /** Refuses an empty list and values that are not numbers. */
  public Tabulated {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a table needs at least one value");
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isNaN()) {
        throw new IllegalArgumentException("the table has no number at iteration " + i);
      }
    }
  }

  /** The values at iterations 0, 1, 2, … */
  public static Tabulated of(double... values) {
    return new Tabulated(Arrays.stream(values).boxed().toList(), false);
  }

  /** The values at iterations 0, 1, 2, … by their natural logarithms; −∞ stands for 0. */
  public static Tabulated ofLogarithms(double... logarithms) {
    return new Tabulated(Arrays.stream(logarithms).boxed().toList(), true);
  }

  /**
   * The values of another schedule at iterations 0 … n − 1, as logarithms if one of them exceeds
   * the range of a double.
   *
   * @param iterations n, from 1 to as many as a list holds
   */
  public static Tabulated of(Schedule schedule, long iterations) {
    Require.atLeastOne("the number of iterations of a table", iterations);
    boolean logarithms = false;
    double[] values = new double[Math.toIntExact(iterations)];
    for (int t = 0; t < values.length; t++) {
      values[t] = schedule.at(t);
      logarithms |= Double.isInfinite(values[t]);
    }
    if (!logarithms) {
      return of(values);
    }
    for (int t = 0; t < values.length; t++) {
      values[t] = schedule.logAt(t);
    }
    return ofLogarithms(values);
  }

  @Override
  public double at(long iteration) {
    double value = entry(iteration);
    return logarithms ? Math.exp(value) : value;
  }

  @Override
  public double logAt(long iteration) {
    double value = entry(iteration);
    return logarithms ? value : Math.log(value);
  }

  private double entry(long iteration) {
    if (iteration < 0 || iteration >= values.size()) {
      throw new IllegalArgumentException(
          "the table has values for iterations 0 … %d, not for %d"
              .formatted(values.size() - 1, iteration));
    }
    return values.get((int) iteration);
  }
}
