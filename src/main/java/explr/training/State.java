package explr.training;

import explr.engine.Precision;

/**
 * All that decides how a run goes on, apart from the values that drive it and the data.
 *
 * <p>Numbers are doubles here whatever the run's number type; each is a number of that type, so the
 * way to the engine and back is exact.
 *
 * @param iteration t: the number of steps taken
 * @param precision the run's number type
 * @param weights θ_t, as the network's layout places them
 * @param buffer v_t, the momentum buffer, in the same order
 * @param means the running mean of each normalised channel
 * @param variances the running variance of each normalised channel
 */
public record State(
    long iteration,
    Precision precision,
    double[] weights,
    double[] buffer,
    double[] means,
    double[] variances) {

  /** Refuses parts that do not fit together. */
  public State {
    if (iteration < 0) {
      throw new IllegalArgumentException("a state is after 0 or more steps, not " + iteration);
    }
    if (buffer.length != weights.length || variances.length != means.length) {
      throw new IllegalArgumentException(
          "a state has as many buffers (%d) as weights (%d) and as many variances (%d) as means (%d)"
              .formatted(buffer.length, weights.length, variances.length, means.length));
    }
  }
}
