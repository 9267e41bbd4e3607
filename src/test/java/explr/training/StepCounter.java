package explr.training;

import java.util.ArrayList;
import java.util.List;

/** Counts steps, keeps notices, and interrupts its thread after so many iterations of the run. */
public final class StepCounter implements Listener {

  private final long stopAt;
  private final List<String> notices = new ArrayList<>();
  private long steps;

  /**
   * A counter of a run.
   *
   * @param stopAt iterations of the run after which it is interrupted; −1 for never
   */
  public StepCounter(long stopAt) {
    this.stopAt = stopAt;
  }

  /** The number of steps that it has heard of. */
  public long steps() {
    return steps;
  }

  /** The notices, in their order. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  @Override
  public void between(Run run, int count) {
    steps += count;
    if (run.iteration() == stopAt) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void notice(String message) {
    notices.add(message);
  }
}
