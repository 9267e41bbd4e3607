package explr.schedule;

/**
 * One triangle: a line up from {@code low} to {@code high}, a line down to {@code low}, where it
 * stays.
 *
 * <p>With rise and fall of different length it is the slanted triangle of Howard &amp; Ruder 2018;
 * {@code new Triangular(0, 0.1, 25, 15)} by epochs is the one in the first figure of the authors'
 * first blog post. Smith's cyclical rate (2017) is {@code .repeatedEvery(rise + fall)}.
 *
 * @param low value at t = 0, ≥ 0, and from t = rise + fall on
 * @param high value at t = rise, ≥ 0
 * @param rise iterations of the first line, ≥ 1
 * @param fall iterations of the second line, ≥ 1
 */
public record Triangular(double low, double high, long rise, long fall) implements KnownSchedule {

  /** Refuses values outside the ranges above. */
  public Triangular {
    Require.nonNegative("the low value", low);
    Require.nonNegative("the high value", high);
    Require.atLeastOne("the number of iterations that it rises", rise);
    Require.atLeastOne("the number of iterations that it falls", fall);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    return iteration <= rise
        ? Linear.between(low, high, iteration, rise)
        : Linear.between(high, low, iteration - rise, fall);
  }
}
