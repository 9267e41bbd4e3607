package explr.format;

import explr.conversion.TwinStep;
import java.util.OptionalLong;

/** Where a converted run leaves the range of float32; it is shown every step in order. */
final class Float32Range {

  private static final double LOG_LARGEST = Math.log(Float.MAX_VALUE);
  private static final double LOG_SMALLEST = Math.log(Float.MIN_NORMAL);

  private final boolean secondMoments;
  private double lastLogRate;
  private OptionalLong rateLeaves = OptionalLong.empty();
  private OptionalLong secondMomentsLeave = OptionalLong.empty();

  /**
   * Before the first step.
   *
   * @param secondMoments whether the optimizer has a buffer of squares
   */
  Float32Range(boolean secondMoments) {
    this.secondMoments = secondMoments;
  }

  void add(TwinStep step) {
    lastLogRate = step.logLearningRate();
    if (rateLeaves.isEmpty() && lastLogRate > LOG_LARGEST) {
      rateLeaves = OptionalLong.of(step.iteration());
    }
    if (secondMoments && secondMomentsLeave.isEmpty() && -2 * step.logScale() < LOG_SMALLEST) {
      secondMomentsLeave = OptionalLong.of(step.iteration());
    }
  }

  /** ln of the last rate; −∞ if that rate is 0. */
  double lastLogRate() {
    return lastLogRate;
  }

  /** The first iteration whose rate exceeds the largest number. */
  OptionalLong rateLeaves() {
    return rateLeaves;
  }

  /** The first iteration where the square of a gradient of size 1 is below the normal numbers. */
  OptionalLong secondMomentsLeave() {
    return secondMomentsLeave;
  }
}
