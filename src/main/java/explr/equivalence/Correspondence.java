package explr.equivalence;

import explr.conversion.FollowingBuffers;
import explr.conversion.NesterovTwin;
import explr.conversion.Twin;

/**
 * How the state of one run belongs to that of another before step t: θ̃ = P_t θ, and for a buffer
 * of degree d
 *
 * <pre>
 *   ṽ = Q_t^d v             a square of gradients, d = −2
 *   ṽ = Q_t^d (v − u_t θ)   linear in gradients, d = −1
 * </pre>
 */
public interface Correspondence {

  /** ln P_t. */
  double logScale(long iteration);

  /** ln Q_t: ln P_t, but ln P_{t−1} for decoupled decay, and ln P_t b_{t−1} for Nesterov. */
  default double logBufferScale(long iteration) {
    return logScale(iteration);
  }

  /** u_t. */
  default double bufferOffset(long iteration) {
    return 0;
  }

  /** Between a run with weight decay and its twin without. */
  static Correspondence of(Twin twin) {
    return new Correspondence() {
      @Override
      public double logScale(long iteration) {
        return twin.logScale(iteration);
      }

      @Override
      public double logBufferScale(long iteration) {
        return twin.logBufferScale(iteration);
      }

      @Override
      public double bufferOffset(long iteration) {
        return twin.bufferOffset(iteration);
      }
    };
  }

  /** Between a run of decoupled decay and the same without, before its buffers follow. */
  static Correspondence of(FollowingBuffers twin) {
    return new Correspondence() {
      @Override
      public double logScale(long iteration) {
        return twin.logScale(iteration);
      }

      @Override
      public double logBufferScale(long iteration) {
        return twin.logScale(Math.max(0, iteration - 1));
      }
    };
  }

  /** Between a run of Nesterov's momentum and its equivalent without decay. */
  static Correspondence of(NesterovTwin twin) {
    return new Correspondence() {
      @Override
      public double logScale(long iteration) {
        return twin.logScale(iteration);
      }

      @Override
      public double logBufferScale(long iteration) {
        return twin.logBufferScale(iteration);
      }

      @Override
      public double bufferOffset(long iteration) {
        return twin.bufferOffset(iteration);
      }
    };
  }

  /**
   * Between a run and the same run with all weights multiplied by a constant.
   *
   * @param factor &gt; 0, finite
   */
  static Correspondence scaling(double factor) {
    if (!(factor > 0 && factor <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "weights are scaled by a finite factor > 0, not by " + factor);
    }
    double logarithm = Math.log(factor);
    return iteration -> logarithm;
  }

  /** The same with u dropped: what happens if the momentum buffer is only scaled. */
  default Correspondence withoutBufferOffset() {
    Correspondence whole = this;
    return new Correspondence() {
      @Override
      public double logScale(long iteration) {
        return whole.logScale(iteration);
      }

      @Override
      public double logBufferScale(long iteration) {
        return whole.logBufferScale(iteration);
      }
    };
  }
}
