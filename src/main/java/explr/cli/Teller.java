package explr.cli;

import explr.training.Listener;
import explr.training.Period;
import explr.training.Run;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Hears a run train, and tells of steps and periods with their speed. */
final class Teller implements Listener {

  private final int batchSize;
  private final LongConsumer steps;
  private final Consumer<PeriodLine> periods;
  private final Consumer<String> notices;
  private long stepBegan = System.nanoTime();
  private long stepNanos;
  private long iterations;

  /**
   * A teller of a run that begins now.
   *
   * @param steps is told of each step that was taken
   * @param periods is told of each period that was measured
   * @param notices is told what a user should know
   */
  Teller(
      int batchSize, LongConsumer steps, Consumer<PeriodLine> periods, Consumer<String> notices) {
    this.batchSize = batchSize;
    this.steps = steps;
    this.periods = periods;
    this.notices = notices;
  }

  @Override
  public void between(Run run) {
    iterations++;
    stepNanos += System.nanoTime() - stepBegan;
    steps.accept(1);
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
