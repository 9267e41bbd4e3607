package explr.equivalence;

import explr.text.Numbers;

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

  /** The value in three digits. */
  String measured() {
    return Numbers.literal(value, 3);
  }

  /** What it must be: {@code below 1e-12}. */
  String required() {
    return (above ? "above " : "below ") + Numbers.literal(bound, 3);
  }

  @Override
  public String toString() {
    return "%s: %s, must be %s: %s"
        .formatted(statement, measured(), required(), holds() ? "holds" : "FAILS");
  }
}
