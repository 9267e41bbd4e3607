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

/**
 * A whole run in a store, as {@code environment/reproduce} trains it: batches augmented while it
 * trains, the range guard, loss and accuracy of every step, a probe and the saved state after every
 * epoch, checkpoints in between, a listener.
 *
 * <p>It trains in its own thread, which waits between two steps until the next is asked for.
 */
final class RunStepper implements Stepper {

  /** The default of {@code environment/reproduce}. */
  static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

  /** Hours of training on the paper's network, within the range that the guard can keep. */
  private static final int EPOCHS = 1000;

  private static final long MILLISECONDS_BETWEEN_LOOKS = 1000;

  private final Task task;
  private final ResumableRun run;
  private final Thread training;
  private final StepGate gate = new StepGate();
  private volatile double loss = Double.NaN;
  private volatile Exception failure;

  private RunStepper(Task task, boolean exponential, Path store) {
    this.task = task;
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

  /**
   * A run that has not begun and evaluates a single test image, since evaluation is not training.
   *
   * @param exponential whether its rate grows in place of weight decay
   * @param store an empty folder
   */
  static RunStepper withoutEvaluation(Task task, boolean exponential, Path store) {
    Dataset data = task.data();
    return new RunStepper(task.withData(data.first(data.train().size(), 1)), exponential, store);
  }

  /**
   * A run with weight decay that has not begun and evaluates all test images after each epoch.
   *
   * @param store an empty folder
   */
  static RunStepper withEvaluation(Task task, Path store) {
    return new RunStepper(task, false, store);
  }

  private void train() {
    try {
      gate.awaitNext();
      run.train(run.lineage().length(), false, new Turns());
    } catch (InterruptedException closed) {
      // Closed between two steps; the training is discarded.
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
      gate.count(count);
      try {
        gate.awaitNext();
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }

    /** A GPU that did not capture the steps would be measured under a wrong name. */
    @Override
    public void notice(String message) {
      throw new IllegalStateException(message);
    }
  }

  @Override
  public double step() throws InterruptedException {
    run(1);
    return loss;
  }

  @Override
  public void run(int steps) throws InterruptedException {
    gate.ask(steps);
    while (!gate.awaitAll(MILLISECONDS_BETWEEN_LOOKS)) {
      if (!training.isAlive()) {
        String reason = failure == null ? "it is complete" : Worker.reason(failure);
        throw new IllegalStateException("the run has ended: " + reason, failure);
      }
    }
  }

  /**
   * On a GPU, which takes several steps at a time, the rest of the epoch, so that each turn begins
   * and ends with an epoch.
   */
  @Override
  public int block() {
    long perEpoch = task.epochs().iterationsEach();
    return task.backend().runsPrograms() ? (int) (perEpoch - gate.taken() % perEpoch) : 1;
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
