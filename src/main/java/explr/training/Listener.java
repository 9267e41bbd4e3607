package explr.training;

/** Is told of a run's progress, in the thread that trains. */
public interface Listener {

  /** A period is over and measured: an epoch, or what the task's probe says. */
  default void period(Period period) {}

  /** A step is over; called only where {@link #wantsSteps}. */
  default void step(Step step) {}

  /** Whether each step shall be measured, which costs a look at the watched weights. */
  default boolean wantsSteps() {
    return false;
  }

  /**
   * Between two steps: the place to save {@link Run#checkpoint}.
   *
   * @param steps taken since the last call: 1 on a CPU; on a GPU, which takes several steps before
   *     it reports, up to 32
   */
  default void between(Run run, int steps) {}

  /** Something that a user should know, in a sentence, such as what is waited for. */
  default void notice(String message) {}
}
