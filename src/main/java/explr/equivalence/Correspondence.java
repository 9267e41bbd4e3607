package explr.equivalence;

import explr.conversion.Twin;

/**
 * How the state of one run belongs to that of another before step t: θ̃ = P_t θ and ṽ = (v − u_t θ)
 * / Q_t.
 */
public interface Correspondence {

  /** ln P_t. */
  double logScale(long iteration);

  /** ln Q_t; ln P_t but for decoupled decay. */
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
