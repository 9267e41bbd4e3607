package explr.cli;

import explr.text.Numbers;
import explr.training.Period;
import java.util.Locale;

/**
 * The progress of one period, as shown on the screen and sent between processes.
 *
 * @param epoch trained so far; a fraction inside an epoch
 * @param imagesPerSecond of its training; not a number if all its steps were taken before
 * @param train accuracy, 0 to 1
 * @param test accuracy, 0 to 1
 * @param log10Rate of the last step
 */
record PeriodLine(
    double epoch, double imagesPerSecond, double train, double test, double log10Rate) {

  static PeriodLine of(Period period, double imagesPerSecond) {
    return new PeriodLine(
        period.epoch(),
        imagesPerSecond,
        period.train().accuracy(),
        period.test().accuracy(),
        period.logLearningRate() / Math.log(10));
  }

  /** For another process: numbers with blanks between. */
  String encoded() {
    return "%s %s %s %s %s".formatted(epoch, imagesPerSecond, train, test, log10Rate);
  }

  /** Reads what {@link #encoded} wrote. */
  static PeriodLine decoded(String line) {
    String[] fields = line.split(" ", -1);
    return new PeriodLine(
        Double.parseDouble(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "epoch %s: %strain %.1f %%, test %.1f %%, rate %s",
        epoch == Math.rint(epoch)
            ? Long.toString(Math.round(epoch))
            : String.format(Locale.ROOT, "%.2f", epoch),
        Double.isNaN(imagesPerSecond)
            ? ""
            : String.format(Locale.ROOT, "%.0f images/s, ", imagesPerSecond),
        100 * train,
        100 * test,
        Numbers.powerOfTen(log10Rate));
  }
}
