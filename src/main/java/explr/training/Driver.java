package explr.training;

import explr.data.BatchStream;
import explr.data.Batches;
import explr.schedule.Rates;
import java.util.List;
import java.util.Optional;

/** Has a run's learner take steps and evaluates it: from the host, or by programs on a GPU. */
sealed interface Driver extends AutoCloseable permits DeviceDriver, Driver.Host {

  /** The steps from the learner's next iteration on; to be closed before it is asked again. */
  Steps steps();

  /**
   * The scores of the test images under the present weights and running statistics.
   *
   * @throws InterruptedException if the thread was interrupted; nothing has changed
   */
  Scores evaluate() throws InterruptedException;

  /** What a user should know and was not told yet. */
  Optional<String> newNotice();

  @Override
  void close();

  /** Steps in the order of the iterations. */
  interface Steps extends AutoCloseable {

    /**
     * Takes the next steps, and waits for them.
     *
     * @param most at least 1; the learner stays in range for so many
     * @return the steps taken, at least one
     * @throws InterruptedException if the thread was interrupted while it waited for a batch
     */
    List<StepResult> take(Rates rates, long most) throws InterruptedException;

    @Override
    void close();
  }

  /**
   * Gives the learner one batch after the other, which a thread makes ahead.
   *
   * @param training batches that it is trained on
   * @param tests batches that it is evaluated on
   */
  record Host(Learner learner, Batches training, Batches tests) implements Driver {

    @Override
    public Steps steps() {
      BatchStream batches = BatchStream.of(training, learner.iteration());
      return new Steps() {
        @Override
        public List<StepResult> take(Rates rates, long most) throws InterruptedException {
          try (Outcome outcome = learner.step(rates, batches.next())) {
            return List.of(
                new StepResult(outcome.iteration(), outcome.scores(), outcome.weightsFinite()));
          }
        }

        @Override
        public void close() {
          batches.close();
        }
      };
    }

    @Override
    public Scores evaluate() throws InterruptedException {
      return learner.evaluate(tests);
    }

    @Override
    public Optional<String> newNotice() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // A run closes its learner.
    }
  }
}
