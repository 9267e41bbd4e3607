package explr.equivalence;

/**
 * A statement about a number, held against what was measured.
 *
 * @param statement what the number is
 * @param value what was measured
 * @param bound what it must be below, or above
 * @param above whether it must be above the bound
 */
public record Verdict(String statement, double value, double bound, boolean above) {

  static Verdict below(String statement, double value, double bound) {
    return new Verdict(statement, value, bound, false);
  }

  static Verdict above(String statement, double value, double bound) {
    return new Verdict(statement, value, bound, true);
  }

  /** Whether it is so; false if the value is not a number. */
  public boolean holds() {
    return above ? value > bound : value < bound;
  }

  @Override
  public String toString() {
    return "%s: %.2e, must be %s %.0e: %s"
        .formatted(statement, value, above ? "above" : "below", bound, holds() ? "holds" : "FAILS");
  }
}
