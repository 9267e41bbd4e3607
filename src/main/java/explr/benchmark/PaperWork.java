package explr.benchmark;

/**
 * The training behind all six figures of the paper, for one seed.
 *
 * @param iterations of all runs, what they share counted once
 * @param longest number of iterations that must be taken one after the other
 */
public record PaperWork(long iterations, long longest) {

  /** Refuses a longest chain that is not a part of all iterations. */
  public PaperWork {
    if (longest < 1 || longest > iterations) {
      throw new IllegalArgumentException(
          "the longest of %d iterations must be 1 to as many, not %d"
              .formatted(iterations, longest));
    }
  }

  /**
   * The shortest possible time in minutes.
   *
   * @param atOnce number of runs at a time
   * @param secondsPerStep of a single run, with its share of the evaluation
   * @param gain images per second of so many runs at a time over those of one
   */
  double minutes(int atOnce, double secondsPerStep, double gain) {
    double all = iterations * secondsPerStep / gain;
    double chain = longest * secondsPerStep * Math.max(1, atOnce / gain);
    return Math.max(all, chain) / 60;
  }
}
