package explr.training;

/** Hears of a run's progress, in the thread that trains. */
public interface Listener {

  /** An epoch is over. */
  default void epoch(Epoch epoch) {}

  /** A step is over; called only where {@link #wantsSteps}. */
  default void step(Step step) {}

  /** Whether each step shall be measured, which costs a look at the watched weights. */
  default boolean wantsSteps() {
    return false;
  }

  /** Between two steps: the place to save {@link Run#checkpoint}. */
  default void between(Run run) {}
}
