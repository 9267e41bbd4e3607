package explr.ledger;

import explr.statistics.Bound;

/**
 * The values of a measure with which a claim is true: from low to high, ends included.
 *
 * <p>One rule decides every claim. With the interval [m − t s, m + t s] of an {@link Estimate}, in
 * which t leaves 5 % on either side, a claim
 *
 * <ul>
 *   <li>holds if the whole interval lies between low and high,
 *   <li>fails if none of it does,
 *   <li>is not decidable if an end of the threshold lies inside the interval.
 * </ul>
 *
 * So a claim that is false at the threshold is called true in 5 % of repetitions, and the other way
 * round; for two ends this is the usual test of equivalence, two one-sided tests at 5 %. With one
 * seed or two this is so only as far as the allowance for chance between runs is right.
 *
 * @param unit in which people read it
 * @param bound of the measure
 */
public record Threshold(Unit unit, Bound bound) {

  /** The measure is at least {@code low}. */
  public static Threshold atLeast(double low, Unit unit) {
    return new Threshold(unit, Bound.atLeast(low));
  }

  /** The measure is at most {@code high}. */
  public static Threshold atMost(double high, Unit unit) {
    return new Threshold(unit, Bound.atMost(high));
  }

  /** The measure differs from {@code target} by at most {@code tolerance}. */
  public static Threshold near(double target, double tolerance, Unit unit) {
    return new Threshold(unit, Bound.near(target, tolerance));
  }

  /** The rule; a number or error that is not known decides nothing. */
  public Decision decide(Estimate estimate) {
    if (!estimate.known()) {
      return Decision.NOT_DECIDABLE;
    }
    if (bound.holdsFrom(estimate.low(), estimate.high())) {
      return Decision.HOLDS;
    }
    return bound.failsFrom(estimate.low(), estimate.high())
        ? Decision.FAILS
        : Decision.NOT_DECIDABLE;
  }

  /** For people: {@code between −2 and 2 points}. */
  @Override
  public String toString() {
    return bound.words(unit::bound) + unit.suffix();
  }
}
