package explr.training;

import explr.data.BatchStream;
import explr.data.Batches;
import explr.schedule.Rates;
import java.util.List;

/** How a run has its learner take steps. */
sealed interface Stepping extends AutoCloseable {

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

  /**
   * From the host: one step at a time, on batches that a thread makes ahead.
   *
   * @param batches from the learner's next iteration on
   */
  record FromHost(Learner learner, BatchStream batches) implements Stepping {

    static FromHost of(Learner learner, Batches batches) {
      return new FromHost(learner, BatchStream.of(batches, learner.iteration()));
    }

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
  }

  /**
   * On the device: some dozen steps at a time.
   *
   * @param program outlives this
   */
  record OnDevice(StepProgram program) implements Stepping {

    @Override
    public List<StepResult> take(Rates rates, long most) {
      return program.take(rates, most);
    }

    @Override
    public void close() {
      // A run keeps its program from one call of train to the next.
    }
  }
}
