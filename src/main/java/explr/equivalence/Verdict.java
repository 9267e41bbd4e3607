package explr.equivalence;

import explr.statistics.Bound;
import explr.text.Numbers;

/**
 * A measured number and the bound that it must meet.
 *
 * @param statement what the number is
 * @param value what was measured
 * @param bound what it must be
 */
public record Verdict(String statement, double value, Bound bound) {

  /** Whether the value meets the bound; false if it is NaN. */
  public boolean holds() {
    return bound.holds(value);
  }

  /** The value in three digits. */
  String measured() {
    return Numbers.literal(value, 3);
  }

  /** The bound in words: {@code below 1e-12}. */
  String required() {
    return bound.words(end -> Numbers.literal(end, 3));
  }

  @Override
  public String toString() {
    return "%s: %s, must be %s: %s"
        .formatted(statement, measured(), required(), holds() ? "holds" : "FAILS");
  }
}
