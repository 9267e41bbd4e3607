package explr.ledger;

import explr.statistics.Bound;

/**
 * The values of a measure for which a claim is true.
 *
 * <p>One rule decides every claim. Given the interval [m − t s, m + t s] of an {@link Estimate},
 * where t leaves 5 % on either side, a claim
 *
 * <ul>
 *   <li>holds if the bound allows the whole interval,
 *   <li>fails if it allows no part of it,
 *   <li>is not decidable otherwise.
 * </ul>
 *
 * A claim that is just false is called true in 5 % of repetitions, and vice versa. For a bound with
 * two ends this is the usual test of equivalence: two one-sided tests at 5 %. With one or two seeds
 * these rates rely on the allowance for chance between runs.
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

  /** Applies the rule; an unknown value or error decides nothing. */
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
