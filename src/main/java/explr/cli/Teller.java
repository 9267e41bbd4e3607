package explr.cli;

import explr.training.Epoch;
import explr.training.Listener;
import explr.training.Run;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Hears a run train, and tells of steps and epochs with their speed. */
final class Teller implements Listener {

  private final int batchSize;
  private final LongConsumer steps;
  private final Consumer<EpochLine> epochs;
  private long stepBegan = System.nanoTime();
  private long stepNanos;
  private long epochIterations;

  /**
   * A teller of a run that begins now.
   *
   * @param steps is told of each step that was taken
   * @param epochs is told of each epoch that was measured
   */
  Teller(int batchSize, LongConsumer steps, Consumer<EpochLine> epochs) {
    this.batchSize = batchSize;
    this.steps = steps;
    this.epochs = epochs;
  }

  @Override
  public void between(Run run) {
    epochIterations++;
    stepNanos += System.nanoTime() - stepBegan;
    steps.accept(1);
    stepBegan = System.nanoTime();
  }

  @Override
  public void epoch(Epoch epoch) {
    double seconds = stepNanos / 1e9;
    epochs.accept(EpochLine.of(epoch, epochIterations * batchSize / seconds));
    stepBegan = System.nanoTime();
    stepNanos = 0;
    epochIterations = 0;
  }
}
