package explr.text;

/** Sizes of files as text for people. */
public final class Bytes {

  private static final int STEP = 1000;
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Bytes() {}

  /** {@code 0 bytes}, {@code 999 bytes}, {@code 1.5 kB}, {@code 12 MB}: in powers of 1,000. */
  public static String text(long bytes) {
    double number = bytes;
    int unit = 0;
    while (number >= STEP - 0.5 && unit < UNITS.length - 1) {
      number /= STEP;
      unit++;
    }
    // Two digits are enough.
    return Numbers.fixed(number, unit == 0 || number >= 9.95 ? 0 : 1) + " " + UNITS[unit];
  }
}
