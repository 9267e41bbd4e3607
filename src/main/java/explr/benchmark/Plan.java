package explr.benchmark;

/**
 * How much is measured.
 *
 * @param rounds how often each variant has its turn, ≥ 1
 * @param steps of a turn, ≥ 1; fewer where they would take more than five seconds
 * @param starts how often each variant is started, ≥ 1, for the time to its first step
 */
public record Plan(int rounds, int steps, int starts) {

  private static final double LONGEST_TURN_SECONDS = 5;

  /** Refuses fewer than one of anything. */
  public Plan {
    if (rounds < 1 || steps < 1 || starts < 1) {
      throw new IllegalArgumentException(
          "rounds, steps and starts are at least 1, not %d, %d and %d"
              .formatted(rounds, steps, starts));
    }
  }

  /** The steps of a turn of something that takes so long for one. */
  int stepsPerTurn(double secondsPerStep) {
    return (int) Math.max(1, Math.min(steps, Math.floor(LONGEST_TURN_SECONDS / secondsPerStep)));
  }
}
