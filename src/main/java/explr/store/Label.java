package explr.store;

/**
 * What a run was trained for, for people who look into a store. It decides nothing: a run that is
 * trained for something else under another label is the same run.
 *
 * @param profile the sizes it was trained at, such as {@code laptop}
 * @param curve its name, such as {@code texp}
 * @param title its name in figures
 * @param seed of the run
 */
public record Label(String profile, String curve, String title, long seed) {

  /** {@code TEXP, seed 0}. */
  @Override
  public String toString() {
    return title + ", seed " + seed;
  }
}
