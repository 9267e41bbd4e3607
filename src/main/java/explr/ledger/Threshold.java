package explr.ledger;

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
 * @param unit for people
 * @param low may be −∞
 * @param high may be ∞
 */
public record Threshold(Unit unit, double low, double high) {

  /** Refuses what contains no value, or every value. */
  public Threshold {
    if (!(low <= high) || (Double.isInfinite(low) && Double.isInfinite(high))) {
      throw new IllegalArgumentException(
          "a threshold divides numbers; that from %s to %s does not".formatted(low, high));
    }
  }

  /** At least so much. */
  static Threshold atLeast(double low, Unit unit) {
    return new Threshold(unit, low, Double.POSITIVE_INFINITY);
  }

  /** At most so much. */
  static Threshold atMost(double high, Unit unit) {
    return new Threshold(unit, Double.NEGATIVE_INFINITY, high);
  }

  /** So close to a value, on either side. */
  static Threshold near(double value, double tolerance, Unit unit) {
    return new Threshold(unit, value - tolerance, value + tolerance);
  }

  /** The rule; a number or error that is not known decides nothing. */
  public Decision decide(Estimate estimate) {
    if (!estimate.known()) {
      return Decision.NOT_DECIDABLE;
    }
    if (low <= estimate.low() && estimate.high() <= high) {
      return Decision.HOLDS;
    }
    if (estimate.high() < low || high < estimate.low()) {
      return Decision.FAILS;
    }
    return Decision.NOT_DECIDABLE;
  }

  /** For people: {@code between −2 and 2 points}. */
  @Override
  public String toString() {
    if (Double.isInfinite(high)) {
      return "at least " + unit.bound(low) + unit.suffix();
    }
    if (Double.isInfinite(low)) {
      return "at most " + unit.bound(high) + unit.suffix();
    }
    return "between %s and %s%s".formatted(unit.bound(low), unit.bound(high), unit.suffix());
  }
}
