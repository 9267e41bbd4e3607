package explr.experiment;

import explr.store.ResumableRun;
import explr.store.Store;
import explr.training.Listener;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Trains segments of a plan in a store, each from where an earlier attempt stopped.
 *
 * @param store where runs are trained
 * @param checkpointEvery at most this much work is lost when the process is killed
 * @param steps whether every step is measured too
 * @param commit of the sources, if known, noted with what is trained
 */
public record Trainer(
    Store store, Duration checkpointEvery, boolean steps, Optional<String> commit) {

  /** The trainer that settings describe. */
  public static Trainer of(Settings settings) {
    return new Trainer(
        settings.store(), settings.checkpointEvery(), settings.steps(), settings.commit());
  }

  /**
   * Trains what is left of a plan, one segment after the other.
   *
   * @param listeners gives the listener of each run, asked once a run
   * @throws InterruptedException if the thread was interrupted; everything is saved
   */
  public void train(Plan plan, Function<PlannedRun, Listener> listeners)
      throws IOException, InterruptedException {
    Map<PlannedRun, Listener> asked = new HashMap<>();
    for (Segment segment : plan.segments()) {
      train(segment, asked.computeIfAbsent(segment.run(), listeners));
    }
  }

  /**
   * Trains what is left of a segment.
   *
   * @throws InterruptedException if the thread was interrupted; everything is saved
   */
  public void train(Segment segment, Listener listener) throws IOException, InterruptedException {
    stored(segment).train(segment.to(), steps, listener);
  }

  /** The number of iterations of a segment that are still to be trained. */
  public long left(Segment segment) throws IOException {
    long done = stored(segment).iterationsDone(segment.to(), steps);
    return segment.end() - Math.max(segment.start(), done);
  }

  /**
   * Forgets what was trained of a plan's runs.
   *
   * @throws IllegalStateException if one of them is being trained
   */
  public void discard(Plan plan) throws IOException {
    for (PlannedRun run : plan.runs()) {
      store.discard(run.lineage());
    }
  }

  private ResumableRun stored(Segment segment) {
    PlannedRun run = segment.run();
    return new ResumableRun(
        store, run.lineage(), segment.kept(), checkpointEvery, commit, Optional.of(run.label()));
  }
}
