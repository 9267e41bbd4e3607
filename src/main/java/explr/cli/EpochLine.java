package explr.cli;

import explr.training.Epoch;
import java.util.Locale;

/**
 * What a command tells of an epoch, on the screen and from one process to another.
 *
 * @param number from 1
 * @param imagesPerSecond of its training
 * @param train accuracy, 0 to 1
 * @param test accuracy, 0 to 1
 * @param log10Rate of the last step
 */
record EpochLine(long number, double imagesPerSecond, double train, double test, double log10Rate) {

  static EpochLine of(Epoch epoch, double imagesPerSecond) {
    return new EpochLine(
        epoch.number(),
        imagesPerSecond,
        epoch.train().accuracy(),
        epoch.test().accuracy(),
        epoch.logLearningRate() / Math.log(10));
  }

  /** For another process: numbers with blanks between. */
  String encoded() {
    return "%d %s %s %s %s".formatted(number, imagesPerSecond, train, test, log10Rate);
  }

  /** Reads what {@link #encoded} wrote. */
  static EpochLine decoded(String line) {
    String[] fields = line.split(" ", -1);
    return new EpochLine(
        Long.parseLong(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "epoch %d: %.0f images/s, train %.1f %%, test %.1f %%, rate 10^%.1f",
        number,
        imagesPerSecond,
        100 * train,
        100 * test,
        log10Rate);
  }
}
