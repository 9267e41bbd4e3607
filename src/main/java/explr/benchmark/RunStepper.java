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
 * A whole run in a store, as {@code environment/reproduce} trains it: batches augmented meanwhile,
 * the range guard, loss and accuracy of every step, every epoch a probe and the state on the disk,
 * checkpoints in between, a listener.
 *
 * <p>It trains in a thread of its own, which waits between two steps until the next is asked for.
 */
final class RunStepper implements Stepper {

  /** As {@code environment/reproduce} saves by default. */
  static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

  /** Hours on the paper's network, and still within the range that the guard keeps. */
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
   * A run that has not begun and does not evaluate, which is no part of training: of the test
   * images it keeps one.
   *
   * @param exponential whether its rate grows instead of weights that decay
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
      gate.count(count);
      try {
        gate.awaitNext();
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }

    /** A GPU that does not capture the steps would be measured under a wrong name. */
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
        throw new IllegalStateException("the run has ended: " + failure, failure);
      }
    }
  }

  /**
   * On a GPU, which takes some dozen steps at a time, the rest of the epoch: a turn of an epoch
   * then ends with the last of them.
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
