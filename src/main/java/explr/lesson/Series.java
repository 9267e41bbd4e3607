package explr.lesson;

import explr.figure.Line;
import explr.figure.Style.Color;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** A quantity over the iterations of a run, 0, 1, 2, …: what to say of it, and its curve. */
public final class Series {

  /** Points of a curve at most; more could not be told apart. */
  private static final int POINTS = 1000;

  private final double[] values;

  private Series(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a series needs at least one value");
    }
    this.values = values;
  }

  /** The values at iterations 0, 1, 2, …; at least one. */
  public static Series of(double... values) {
    return new Series(values.clone());
  }

  /** The values of a function at 0, 1, …, length − 1, as {@code recipe::learningRate}. */
  public static Series over(int length, IntToDoubleFunction value) {
    double[] values = new double[Math.max(0, length)];
    Arrays.setAll(values, value);
    return new Series(values);
  }

  /** The value at an iteration. */
  public double at(int iteration) {
    return values[iteration];
  }

  /** How many values there are. */
  public int length() {
    return values.length;
  }

  /** The last value. */
  public double last() {
    return values[values.length - 1];
  }

  /** The values from an iteration on, counted from 0 again. */
  public Series from(int iteration) {
    return new Series(Arrays.copyOfRange(values, iteration, values.length));
  }

  /** Every value through a function, as {@code Math::log10}. */
  public Series map(DoubleUnaryOperator function) {
    return new Series(Arrays.stream(values).map(function).toArray());
  }

  /** This − other, iteration by iteration; both of the same length. */
  public Series minus(Series other) {
    if (values.length != other.values.length) {
      throw new IllegalArgumentException(
          "series of %d and %d values have no difference"
              .formatted(values.length, other.values.length));
    }
    double[] difference = values.clone();
    Arrays.setAll(difference, i -> values[i] - other.values[i]);
    return new Series(difference);
  }

  /** How much each value is above the one before. */
  public Series growth() {
    double[] growth = new double[values.length - 1];
    Arrays.setAll(growth, i -> values[i + 1] - values[i]);
    return new Series(growth);
  }

  /** The sum. */
  public double sum() {
    return Arrays.stream(values).sum();
  }

  /** The mean. */
  public double mean() {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** The greatest value. */
  public double largest() {
    return Arrays.stream(values).max().orElseThrow();
  }

  /** The least value. */
  public double smallest() {
    return Arrays.stream(values).min().orElseThrow();
  }

  /** The greatest absolute value. */
  public double size() {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  /**
   * The least, over all stretches of so many iterations, of the greatest value in the stretch: what
   * is above it happens in every stretch.
   *
   * @param stretch 1 … length
   */
  public double leastOfGreatest(int stretch) {
    if (stretch < 1 || stretch > values.length) {
      throw new IllegalArgumentException(
          "stretches of 1 to %d iterations can be looked at, not of %d"
              .formatted(values.length, stretch));
    }
    double least = Double.POSITIVE_INFINITY;
    for (int start = 0; start + stretch <= values.length; start++) {
      least = Math.min(least, Arrays.stream(values, start, start + stretch).max().orElseThrow());
    }
    return least;
  }

  /** The means of successive stretches of so many iterations; a shorter rest is left out. */
  public Series means(int stretch) {
    double[] means = new double[values.length / stretch];
    Arrays.setAll(
        means, i -> Arrays.stream(values, i * stretch, (i + 1) * stretch).average().orElseThrow());
    return new Series(means);
  }

  /** Its curve over the iterations. */
  public Line line(String name, Color color) {
    return line(name, color, 1);
  }

  /** The curve of its log10 over the iterations, with gaps where a value is not positive. */
  public Line logLine(String name, Color color) {
    return logLine(name, color, 1);
  }

  /** The curve of its log10; {@code spacing} is the distance of two values on the axis across. */
  public Line logLine(String name, Color color, double spacing) {
    return map(value -> value > 0 ? Math.log10(value) : Double.NaN).line(name, color, spacing);
  }

  /** Its curve; {@code spacing} is the distance of two values on the axis across. */
  public Line line(String name, Color color, double spacing) {
    int stride = (values.length + POINTS - 1) / POINTS;
    int points = (values.length - 1) / stride + 1;
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      x[i] = spacing * i * stride;
      y[i] = values[i * stride];
    }
    return Line.of(name, x, y, color);
  }
}
