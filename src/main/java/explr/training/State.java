package explr.training;

import explr.engine.Precision;
import java.util.List;

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
 * @param buffers those of the optimizer, each in the same order, times c^d where d is its degree:
 *     v_t / c for a momentum buffer
 * @param means the running mean of each batch-normalised channel, times c^d where d is the degree
 *     of what is normalised
 * @param variances the running variance of each such channel, times c^(2d)
 */
public record State(
    long iteration,
    Precision precision,
    int scaleExponent,
    double[] weights,
    List<double[]> buffers,
    double[] means,
    double[] variances) {

  /** Refuses parts that do not fit together. */
  public State {
    if (iteration < 0) {
      throw new IllegalArgumentException("a state is after 0 or more steps, not " + iteration);
    }
    buffers = List.copyOf(buffers);
    for (double[] buffer : buffers) {
      if (buffer.length != weights.length) {
        throw new IllegalArgumentException(
            "a buffer is as long as the weights (%d), not %d"
                .formatted(weights.length, buffer.length));
      }
    }
    if (variances.length != means.length) {
      throw new IllegalArgumentException(
          "a state has as many variances (%d) as means (%d)"
              .formatted(variances.length, means.length));
    }
  }

  /** With one buffer. */
  public State(
      long iteration,
      Precision precision,
      int scaleExponent,
      double[] weights,
      double[] buffer,
      double[] means,
      double[] variances) {
    this(iteration, precision, scaleExponent, weights, List.of(buffer), means, variances);
  }

  /** The first buffer: momentum SGD's only one. */
  public double[] buffer() {
    return buffers.get(0);
  }
}
