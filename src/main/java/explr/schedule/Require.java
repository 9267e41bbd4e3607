package explr.schedule;

/** The ranges that schedules have in common, refused in the same words. */
final class Require {

  private Require() {}

  /** A finite value ≥ 0. */
  static void nonNegative(String what, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(what + " must be a finite number ≥ 0, not " + value);
    }
  }

  /** A finite value &gt; 0. */
  static void positive(String what, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(what + " must be a finite number > 0, not " + value);
    }
  }

  /** A number of iterations ≥ 1. */
  static void atLeastOne(String what, long count) {
    if (count < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, not " + count);
    }
  }

  /** A number of iterations ≥ 0. */
  static void notNegative(String what, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(what + " must be at least 0, not " + count);
    }
  }

  /** An iteration ≥ 0. */
  static void iteration(long iteration) {
    if (iteration < 0) {
      throw new IllegalArgumentException(
          "iterations are counted from 0; there is none " + iteration);
    }
  }
}
