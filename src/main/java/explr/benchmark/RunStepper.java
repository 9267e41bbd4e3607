package explr.benchmark;

import explr.conversion.ExpLr;
import explr.data.Dataset;
import explr.schedule.Rates;
import explr.store.Lineage;
import explr.store.ResumableRun;
import explr.store.Store;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Step;
import explr.training.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A whole run in a store, as {@code environment/reproduce} trains it: batches augmented meanwhile,
 * the range guard, loss and accuracy read after every step, every epoch a probe and the state on
 * the disk, checkpoints in between, a listener. Of the test images, whose evaluation is no part of
 * training, it keeps one.
 *
 * <p>It trains in a thread of its own, which waits between two steps until the next is asked for.
 */
final class RunStepper implements Stepper {

  /** As {@code environment/reproduce} saves by default. */
  static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

  /** Hours on the paper's network, and still within the range that the guard keeps. */
  private static final int EPOCHS = 1000;

  private final Task task;
  private final ResumableRun run;
  private final Thread training;
  private final Semaphore asked = new Semaphore(0);
  private final Semaphore taken = new Semaphore(0);
  private volatile double loss = Double.NaN;
  private volatile Exception failure;

  /**
   * A run that has not begun.
   *
   * @param exponential whether its rate grows instead of weights that decay
   * @param store an empty folder
   */
  RunStepper(Task whole, boolean exponential, Path store) {
    Dataset data = whole.data();
    task = whole.withData(data.first(data.train().size(), 1));
    Rates decay = Workload.rates(task.epochs().iterations(EPOCHS));
    Rates rates = exponential ? ExpLr.of(decay) : decay;
    run =
        new ResumableRun(
            new Store(store),
            Lineage.of(task, rates),
            Set.of(),
            CHECKPOINT_EVERY,
            Optional.empty(),
            Optional.empty());
    training = new Thread(this::train, "explr-run");
    training.start();
  }

  private void train() {
    try {
      asked.acquire();
      run.train(run.lineage().length(), false, new Turns());
    } catch (InterruptedException closed) {
      // Between two steps; what was trained is thrown away.
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private final class Turns implements Listener {
    private int steps;

    /** The loss of the first steps is compared. */
    @Override
    public boolean wantsSteps() {
      return steps < Worker.LOSSES;
    }

    @Override
    public void step(Step step) {
      loss = step.scores().meanLoss();
    }

    @Override
    public void between(Run trained, int count) {
      steps += count;
      taken.release(count);
      try {
        asked.acquire(count);
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public double step() throws InterruptedException {
    asked.release();
    while (!taken.tryAcquire(1, TimeUnit.SECONDS)) {
      if (!training.isAlive()) {
        throw new IllegalStateException("the run has ended", failure);
      }
    }
    return loss;
  }

  @Override
  public String version() {
    return LearnerStepper.version(task);
  }

  @Override
  public void close() {
    training.interrupt();
    try {
      training.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
