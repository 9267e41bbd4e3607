package explr.benchmark;

import explr.data.BatchStream;
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

  static String version(Task task) {
    return "explr on "
        + task.backend().engine().displayName()
        + " "
        + task.backend().engineVersion();
  }

  @Override
  public double step() throws InterruptedException {
    try (Outcome outcome = learner.step(rates, batches.next())) {
      double loss = outcome.scores().meanLoss();
      if (!outcome.weightsFinite()) {
        throw new IllegalStateException("a weight is no finite number any more");
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
