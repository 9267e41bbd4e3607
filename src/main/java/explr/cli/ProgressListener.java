package explr.cli;

import explr.training.Listener;
import explr.training.Period;
import explr.training.Run;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Reports the steps, periods and notices of a run, with its speed. */
final class ProgressListener implements Listener {

  private final int batchSize;
  private final LongConsumer steps;
  private final Consumer<PeriodLine> periods;
  private final Consumer<String> notices;
  private long stepBegan = System.nanoTime();
  private long stepNanos;
  private long iterations;

  /**
   * A listener of a run that begins now.
   *
   * @param steps receives the number of steps just taken
   * @param periods receives each measured period
   * @param notices receives what a user should know
   */
  ProgressListener(
      int batchSize, LongConsumer steps, Consumer<PeriodLine> periods, Consumer<String> notices) {
    this.batchSize = batchSize;
    this.steps = steps;
    this.periods = periods;
    this.notices = notices;
  }

  @Override
  public void between(Run run, int count) {
    iterations += count;
    stepNanos += System.nanoTime() - stepBegan;
    steps.accept(count);
    stepBegan = System.nanoTime();
  }

  @Override
  public void period(Period period) {
    double seconds = stepNanos / 1e9;
    periods.accept(PeriodLine.of(period, iterations * batchSize / seconds));
    stepBegan = System.nanoTime();
    stepNanos = 0;
    iterations = 0;
  }

  @Override
  public void notice(String message) {
    notices.accept(message);
  }
}
