package explr.training;

import explr.data.Batches;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of a run on a GPU; each is made when it is first needed. */
final class DevicePrograms implements AutoCloseable {

  private final Learner learner;
  private final Batches training;
  private final Batches tests;
  private StepProgram steps;
  private EvaluationProgram evaluation;
  private boolean noticed;

  DevicePrograms(Learner learner, Batches training, Batches tests) {
    this.learner = learner;
    this.training = training;
    this.tests = tests;
  }

  /** Takes the learner's steps. */
  Stepping stepping() {
    if (steps == null) {
      steps = new StepProgram(learner, training);
    }
    return new Stepping.OnDevice(steps);
  }

  /**
   * The scores of the test images.
   *
   * @throws InterruptedException if the thread was interrupted; nothing has changed
   */
  Scores evaluate() throws InterruptedException {
    if (evaluation == null) {
      evaluation = new EvaluationProgram(learner, tests);
    }
    return evaluation.scores();
  }

  /** Why this GPU runs operations one by one although it should replay them; said once. */
  Optional<String> newNotice() {
    if (noticed) {
      return Optional.empty();
    }
    Optional<String> reason =
        Stream.of(
                Optional.ofNullable(steps).map(StepProgram::program),
                Optional.ofNullable(evaluation).map(EvaluationProgram::program))
            .flatMap(Optional::stream)
            .flatMap(program -> program.eagerBecause().stream())
            .findFirst();
    noticed = reason.isPresent();
    return reason.map(
        text -> "the GPU runs each operation by itself, which is several times slower: " + text);
  }

  @Override
  public void close() {
    if (steps != null) {
      steps.close();
    }
    if (evaluation != null) {
      evaluation.close();
    }
  }
}
