package explr.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * A number and how far chance may have moved it.
 *
 * @param value not a number if there is nothing to compute it from
 * @param standardError s ≥ 0; 0 for what no chance decides; not a number if it is not known
 * @param degreesOfFreedom ν ≥ 1 of s, infinite for an s that is known and not estimated
 */
public record Estimate(double value, double standardError, double degreesOfFreedom) {

  /** From so many seeds on the error comes from their spread. */
  static final int SEEDS_FOR_A_SPREAD = 3;

  /** Successive periods are averaged in so many blocks, fewer if there are fewer periods. */
  static final int BLOCKS = 5;

  /** A block of one period would be as alike to its neighbours as periods are. */
  private static final int LEAST_BLOCK = 2;

  /** Refuses an error below 0. */
  public Estimate {
    if (standardError < 0) {
      throw new IllegalArgumentException(
          "a standard error is not negative; this is " + standardError);
    }
    if (!(degreesOfFreedom >= 1)) {
      throw new IllegalArgumentException(
          "an error has at least 1 degree of freedom, not " + degreesOfFreedom);
    }
  }

  /** What no chance decides. */
  static Estimate exact(double value) {
    return new Estimate(value, 0, Double.POSITIVE_INFINITY);
  }

  /**
   * The mean of a series in time, its error from the fluctuation inside: successive values are
   * averaged in B = {@value #BLOCKS} blocks, because neighbours are alike, and the means of the
   * blocks taken as independent: s = d/√B with d their standard deviation, ν = B − 1. Of fewer than
   * ten values there are fewer blocks, of two values or three each.
   *
   * <p>A trend counts as fluctuation, which errs on the wide side. Fewer than four values have no
   * error. Where successive values are alike, with a correlation ρ > 0, blocks of two are so too,
   * and the error is too small: at ρ = 0.5 and ten values the interval leaves the truth out in 23 %
   * of cases instead of 10.
   */
  static Estimate ofSeries(double... values) {
    int blocks = Math.min(BLOCKS, values.length / LEAST_BLOCK);
    if (blocks < 2) {
      return new Estimate(mean(values), Double.NaN, 1);
    }
    double[] means = new double[blocks];
    for (int i = 0; i < blocks; i++) {
      means[i] =
          mean(
              Arrays.copyOfRange(
                  values, i * values.length / blocks, (i + 1) * values.length / blocks));
    }
    return new Estimate(mean(values), deviation(means) / Math.sqrt(blocks), blocks - 1.0);
  }

  /** The same number with the error of another added, which is independent of its own. */
  Estimate with(Estimate further) {
    return combined(value, this, further);
  }

  /** This less another that is independent. */
  Estimate minus(Estimate other) {
    return combined(value - other.value, this, other);
  }

  /**
   * The mean over seeds: of {@value #SEEDS_FOR_A_SPREAD} or more with s = d/√n, d the standard
   * deviation of their values and ν = n − 1; of fewer with the errors of each, s = √Σs²/n. Where
   * two seeds differ by more than their errors say, they too count by their spread.
   */
  static Estimate mean(List<Estimate> seeds) {
    double[] values = seeds.stream().mapToDouble(Estimate::value).toArray();
    int count = values.length;
    Estimate sum = combined(0, seeds.toArray(Estimate[]::new));
    double inside = sum.standardError / count;
    double spread = deviation(values) / Math.sqrt(count);
    return count >= SEEDS_FOR_A_SPREAD || spread > inside
        ? new Estimate(mean(values), spread, count - 1.0)
        : new Estimate(mean(values), inside, sum.degreesOfFreedom);
  }

  /** s² = Σs_i², ν = s⁴ / Σ(s_i⁴/ν_i) (Welch 1947, Satterthwaite 1946). */
  private static Estimate combined(double value, Estimate... parts) {
    double variance = 0;
    double inverse = 0;
    for (Estimate part : parts) {
      double square = part.standardError * part.standardError;
      variance += square;
      inverse += square * square / part.degreesOfFreedom;
    }
    double degrees = inverse > 0 ? variance * variance / inverse : Double.POSITIVE_INFINITY;
    return new Estimate(value, Math.sqrt(variance), Math.max(1, degrees));
  }

  /** Whether both number and error are known. */
  boolean known() {
    return Double.isFinite(value) && Double.isFinite(standardError);
  }

  /** The lower end of the interval of 90 %: value − t s, t from Student's distribution. */
  public double low() {
    return value - reach();
  }

  /** The upper end: value + t s. */
  public double high() {
    return value + reach();
  }

  private double reach() {
    return standardError == 0 ? 0 : Student.quantile(degreesOfFreedom) * standardError;
  }

  /** Not a number if there is none. */
  static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** With n − 1 in the denominator. */
  static double deviation(double... values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
