package explr.equivalence;

import explr.conversion.FollowingBuffers;
import explr.conversion.NesterovTwin;
import explr.conversion.Twin;
import java.util.function.LongToDoubleFunction;

/**
 * How the state of one run corresponds to that of another before step t: θ̃ = P_t θ, and for a
 * buffer of degree d
 *
 * <pre>
 *   ṽ = Q_t^d v             a square of gradients, d = −2
 *   ṽ = Q_t^d (v − u_t θ)   linear in gradients, d = −1
 * </pre>
 *
 * @param logScale ln P_t
 * @param logBufferScale ln Q_t: ln P_t, but ln P_{t−1} for decoupled decay, and ln P_t b_{t−1} for
 *     Nesterov
 * @param bufferOffset u_t
 */
public record Correspondence(
    LongToDoubleFunction logScale,
    LongToDoubleFunction logBufferScale,
    LongToDoubleFunction bufferOffset) {

  private static final LongToDoubleFunction NONE = iteration -> 0;

  /** Between a run with weight decay and its twin without. */
  public static Correspondence of(Twin twin) {
    return new Correspondence(twin::logScale, twin::logBufferScale, twin::bufferOffset);
  }

  /** Between a run of decoupled decay and the same without, before its buffers follow. */
  public static Correspondence of(FollowingBuffers twin) {
    return new Correspondence(
        twin::logScale, iteration -> twin.logScale(Math.max(0, iteration - 1)), NONE);
  }

  /** Between a run of Nesterov's momentum and its equivalent without decay. */
  public static Correspondence of(NesterovTwin twin) {
    return new Correspondence(twin::logScale, twin::logBufferScale, twin::bufferOffset);
  }

  /**
   * Between a run and the same run with all weights multiplied by a constant.
   *
   * @param factor &gt; 0, finite
   */
  public static Correspondence scaling(double factor) {
    if (!(factor > 0 && factor <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "weights are scaled by a finite factor > 0, not by " + factor);
    }
    double logarithm = Math.log(factor);
    return new Correspondence(iteration -> logarithm, iteration -> logarithm, NONE);
  }

  /** The same with u dropped: what happens if the momentum buffer is only scaled. */
  public Correspondence withoutBufferOffset() {
    return new Correspondence(logScale, logBufferScale, NONE);
  }

  /** ln P_t. */
  public double logScale(long iteration) {
    return logScale.applyAsDouble(iteration);
  }

  /** ln Q_t. */
  public double logBufferScale(long iteration) {
    return logBufferScale.applyAsDouble(iteration);
  }

  /** u_t. */
  public double bufferOffset(long iteration) {
    return bufferOffset.applyAsDouble(iteration);
  }
}
