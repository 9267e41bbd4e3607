package explr.store;

import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A point of a run from which training can continue.
 *
 * @param period number of complete periods before it
 * @param within the run within the next period, if it stopped there
 * @param end otherwise the run at the end of these periods; empty at the start
 */
record StartingPoint(int period, Optional<CheckpointFile> within, Optional<Checkpoint> end) {

  /**
   * The latest readable point, at or before the end of a period or within the next one.
   *
   * @param done number of periods that need not be trained
   * @param withSteps whether a run within a period must have measured each step before that point
   * @param notice receives a sentence on each state that cannot be read
   */
  static StartingPoint find(
      Store store, Lineage lineage, int done, boolean withSteps, Consumer<String> notice)
      throws IOException {
    for (int period = done; period > 0; period--) {
      Optional<CheckpointFile> within = within(store, lineage, period + 1, withSteps, notice);
      if (within.isPresent()) {
        return new StartingPoint(period, within, Optional.empty());
      }
      Optional<Checkpoint> end = store.entry(lineage, period).state(notice);
      if (end.isPresent()) {
        return new StartingPoint(period, Optional.empty(), end);
      }
    }
    return new StartingPoint(0, within(store, lineage, 1, withSteps, notice), Optional.empty());
  }

  private static Optional<CheckpointFile> within(
      Store store, Lineage lineage, int period, boolean withSteps, Consumer<String> notice)
      throws IOException {
    return period > lineage.length()
        ? Optional.empty()
        : store.entry(lineage, period).checkpoint(withSteps, notice);
  }

  /** The run; empty at the start. */
  Optional<Checkpoint> checkpoint() {
    return within.isPresent() ? within.map(CheckpointFile::checkpoint) : end;
  }

  /** The marks of a checkpoint within a period. */
  Map<String, Long> marks() {
    return within.map(CheckpointFile::marks).orElse(Map.of());
  }
}
