package explr.benchmark;

import explr.engine.Program;
import explr.schedule.Rates;
import explr.training.Learner;
import explr.training.State;
import explr.training.StepProgram;
import explr.training.StepResult;
import explr.training.Task;
import java.util.List;

/**
 * The training step as a program for a GPU, and nothing else: batches are made on the device; loss
 * and range are read once for up to {@link StepProgram#CAPACITY} steps.
 *
 * <p>The constructor warms up and returns to the start, so that the compared losses are those of
 * captured steps.
 */
final class ProgramStepper implements Stepper {

  /** More steps than a program takes before it is captured. */
  private static final int WARM_UP = 8;

  private final Rates rates = Workload.rates();
  private final Learner learner;
  private final StepProgram program;
  private final String version;

  private ProgramStepper(Task task, Learner learner, StepProgram program) {
    this.learner = learner;
    this.program = program;
    version = LearnerStepper.version(task);
    State start = learner.state();
    run(WARM_UP);
    learner.restore(start);
  }

  /**
   * A program that a GPU captures.
   *
   * @throws IllegalStateException if the task's GPU does not capture it
   */
  static ProgramStepper captured(Task task) {
    Learner learner = task.learner();
    try {
      ProgramStepper stepper =
          new ProgramStepper(task, learner, new StepProgram(learner, task.trainingBatches()));
      if (task.backend().runsPrograms()) {
        requireCaptured(stepper.program.program());
      }
      return stepper;
    } catch (RuntimeException e) {
      learner.close();
      throw e;
    }
  }

  /** The same operations, called one by one. */
  static ProgramStepper eager(Task task) {
    Learner learner = task.learner();
    try {
      return new ProgramStepper(
          task, learner, StepProgram.operationByOperation(learner, task.trainingBatches()));
    } catch (RuntimeException e) {
      learner.close();
      throw e;
    }
  }

  /** Refuses a program that was not captured: it would be measured under a wrong name. */
  static void requireCaptured(Program program) {
    if (program.captures() == 0) {
      throw new IllegalStateException(
          "the GPU did not capture the step: " + program.eagerBecause().orElse("no reason given"));
    }
  }

  @Override
  public double step() {
    return take(1).get(0).scores().meanLoss();
  }

  @Override
  public void run(int steps) {
    int left = steps;
    while (left > 0) {
      left -= take(left).size();
    }
  }

  private List<StepResult> take(int most) {
    List<StepResult> steps = program.take(rates, most);
    if (!steps.stream().allMatch(StepResult::finite)) {
      throw new IllegalStateException("a weight is not a finite number");
    }
    return steps;
  }

  @Override
  public int block() {
    return StepProgram.CAPACITY;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public void close() {
    program.close();
    learner.close();
  }
}
