package explr.text;

/** Durations as text for people. */
public final class Seconds {

  private static final double MINUTE = 60;
  private static final double HOUR = 3600;

  private Seconds() {}

  /**
   * {@code 89 s}, {@code 12 min}, {@code 7.5 h}: in the largest unit of which there are at least
   * 1.5.
   */
  public static String text(double seconds) {
    if (seconds < 1.5 * MINUTE) {
      return Math.round(seconds) + " s";
    }
    return seconds < 1.5 * HOUR
        ? Math.round(seconds / MINUTE) + " min"
        : Numbers.fixed(seconds / HOUR, 1) + " h";
  }
}
