package explr.benchmark;

/**
 * How much is measured.
 *
 * @param rounds how often each variant has its turn, ≥ 1
 * @param steps of a turn, ≥ 1; fewer where they would take longer than the longest turn
 * @param starts how often each variant is started, ≥ 1, for the time to its first step
 * @param longestTurn in seconds
 */
public record Repetitions(int rounds, int steps, int starts, double longestTurn) {

  private static final double LONGEST_TURN = 5;
  private static final double HOUR = 3600;

  /** With turns of at most five seconds. */
  public Repetitions(int rounds, int steps, int starts) {
    this(rounds, steps, starts, LONGEST_TURN);
  }

  /** Refuses fewer than one of anything. */
  public Repetitions {
    if (rounds < 1 || steps < 1 || starts < 1) {
      throw new IllegalArgumentException(
          "rounds, steps and starts are at least 1, not %d, %d and %d"
              .formatted(rounds, steps, starts));
    }
  }

  /** As many rounds of so many steps each, however long they take, after one start. */
  Repetitions inTurnsOf(int otherSteps) {
    return new Repetitions(rounds, otherSteps, 1, HOUR);
  }

  /** The steps of a turn of something that takes so long for one. */
  int stepsPerTurn(double secondsPerStep) {
    return (int) Math.max(1, Math.min(steps, Math.floor(longestTurn / secondsPerStep)));
  }
}
