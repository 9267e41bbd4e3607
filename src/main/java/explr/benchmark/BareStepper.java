package explr.benchmark;

import explr.data.Batch;
import explr.data.Batches;
import explr.schedule.Rates;
import explr.training.Learner;
import explr.training.Outcome;
import explr.training.Task;

/**
 * The bare training step: the same batch again and again; of each step's result only one number is
 * read, to wait for the step. Only the first steps take the batches of a run and read their losses,
 * for a {@link LossCheck}.
 */
final class BareStepper implements Stepper {

  private final Rates rates = Workload.rates();
  private final Learner learner;
  private final Batches batches;
  private final String version;
  private Batch batch;

  BareStepper(Task task) {
    learner = task.learner();
    batches = task.trainingBatches();
    version = LearnerStepper.version(task);
  }

  @Override
  public double step() {
    boolean compared = learner.iteration() < Worker.LOSSES;
    if (compared) {
      batch = batches.at(learner.iteration());
    }
    try (Outcome outcome = learner.step(rates, batch)) {
      if (!outcome.weightsFinite()) {
        throw new IllegalStateException("a weight is not a finite number");
      }
      return compared ? outcome.scores().meanLoss() : Double.NaN;
    }
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public void close() {
    learner.close();
  }
}
