package explr.training;

import java.util.List;

/**
 * What was measured over a stretch of training: an epoch, or an equal part of one.
 *
 * @param number counted from 1
 * @param epoch the number of epochs trained at its end; a fraction inside an epoch
 * @param iteration the number of steps taken at its end
 * @param train the training images of the period, augmented, each under the weights before its step
 * @param test the test images under the weights at the end
 * @param logLearningRate ln η of the last step
 * @param growth η_t / η_(t−1) − 1 at the last step t; not a number at the first step of a run
 * @param watched one entry for each watched weight
 */
public record Period(
    long number,
    double epoch,
    long iteration,
    Scores train,
    Scores test,
    double logLearningRate,
    double growth,
    List<Watched> watched) {

  /** Keeps the list from being changed. */
  public Period {
    watched = List.copyOf(watched);
  }

  /**
   * A watched weight at the end of a period.
   *
   * @param name of the weight
   * @param log10Norm log10 ‖w‖
   * @param angle in radians, between the weights at the end of this period and at its start
   * @param log10EffectiveRate log10 of η / ‖w‖²
   */
  public record Watched(String name, double log10Norm, double angle, double log10EffectiveRate) {}
}
