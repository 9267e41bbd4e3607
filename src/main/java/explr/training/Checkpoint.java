package explr.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run between two steps, complete: going on from here gives the bits of an undisturbed run.
 *
 * @param state what decides the training
 * @param epochSoFar the scores of the present epoch's batches
 * @param epochStart the watched weights at the start of the present epoch, by name
 */
public record Checkpoint(State state, Scores epochSoFar, Map<String, double[]> epochStart) {

  /** Keeps the map from being changed. */
  public Checkpoint {
    epochStart = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(epochStart));
  }
}
