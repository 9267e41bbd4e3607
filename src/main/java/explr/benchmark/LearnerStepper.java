package explr.benchmark;

import explr.data.BatchStream;
import explr.engine.Backend;
import explr.schedule.Rates;
import explr.training.Learner;
import explr.training.Outcome;
import explr.training.Task;

/**
 * This project's own training step as {@link explr.training.Run} takes it: batches augmented while
 * it trains, the loss read and the weights checked after every step.
 */
final class LearnerStepper implements Stepper {

  private final Rates rates = Workload.rates();
  private final Learner learner;
  private final BatchStream batches;
  private final String version;

  LearnerStepper(Task task) {
    learner = task.learner();
    batches = BatchStream.of(task.trainingBatches(), 0);
    version = version(task);
  }

  /** The engine, and on a GPU CUDA and cuDNN, with their versions. */
  static String version(Task task) {
    Backend backend = task.backend();
    String engine = "explr on " + backend.engine().displayName() + " " + backend.engineVersion();
    return backend
        .gpu()
        .map(gpu -> "%s, CUDA %s, cuDNN %s".formatted(engine, gpu.cuda(), gpu.cudnn()))
        .orElse(engine);
  }

  @Override
  public double step() throws InterruptedException {
    try (Outcome outcome = learner.step(rates, batches.next())) {
      double loss = outcome.scores().meanLoss();
      if (!outcome.weightsFinite()) {
        throw new IllegalStateException("a weight is not a finite number");
      }
      return loss;
    }
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public void close() {
    batches.close();
    learner.close();
  }
}
