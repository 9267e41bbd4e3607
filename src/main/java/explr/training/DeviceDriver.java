package explr.training;

import explr.data.Batches;
import explr.schedule.Rates;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Drives a learner by programs on its device; each is made when it is first needed. */
final class DeviceDriver implements Driver {

  private final Learner learner;
  private final Batches training;
  private final Batches tests;
  private StepProgram steps;
  private EvaluationProgram evaluation;
  private boolean noticed;

  DeviceDriver(Learner learner, Batches training, Batches tests) {
    this.learner = learner;
    this.training = training;
    this.tests = tests;
  }

  /** The program stays for the next call. */
  @Override
  public Steps steps() {
    if (steps == null) {
      steps = new StepProgram(learner, training);
    }
    return new Steps() {
      @Override
      public List<StepResult> take(Rates rates, long most) {
        return steps.take(rates, most);
      }

      @Override
      public void close() {
        // The program is closed with this driver.
      }
    };
  }

  @Override
  public Scores evaluate() throws InterruptedException {
    if (evaluation == null) {
      evaluation = new EvaluationProgram(learner, tests);
    }
    return evaluation.scores();
  }

  /** Why this GPU calls operations one by one instead of replaying them; once. */
  @Override
  public Optional<String> newNotice() {
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
        text ->
            "operations are started one by one on the GPU, which is several times slower: " + text);
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
