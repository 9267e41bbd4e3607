package explr.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run between two steps, complete: going on from here gives the bits of an undisturbed run.
 *
 * @param state what decides the training
 * @param periodSoFar the scores of the present period's batches
 * @param periodStart the watched weights at the start of the present period, by name
 */
public record Checkpoint(State state, Scores periodSoFar, Map<String, double[]> periodStart) {

  /** Keeps the map from being changed. */
  public Checkpoint {
    periodStart = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(periodStart));
  }
}
