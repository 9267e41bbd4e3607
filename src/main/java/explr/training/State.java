package explr.training;

import explr.engine.Precision;

/**
 * All that decides how a run continues, apart from the values that drive it and the data.
 *
 * <p>Numbers are doubles here whatever the run's number type; each is a number of that type, so the
 * way to the engine and back is exact.
 *
 * <p>Weights that grow without end are kept at a scale c = 2^k by the range guard ({@link
 * RangeGuard}): what is kept stands for an equivalent run, and training it at the rate c²η is the
 * same in every bit. k is 0 without the guard, and as long as nothing has grown much.
 *
 * @param iteration t: the number of steps taken
 * @param precision the run's number type
 * @param scaleExponent k
 * @param weights c θ_t, as the network's layout places them
 * @param buffer v_t / c, the momentum buffer, in the same order
 * @param means the running mean of each batch-normalised channel, times c^d where d is the degree
 *     of what is normalised
 * @param variances the running variance of each such channel, times c^(2d)
 */
public record State(
    long iteration,
    Precision precision,
    int scaleExponent,
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
