package explr.training;

import java.util.List;

/**
 * What an epoch measured.
 *
 * @param number counted from 1
 * @param iteration the number of steps taken at its end
 * @param train the training images of the epoch, augmented, each under the weights before its step
 * @param test the test images under the weights at the end
 * @param logLearningRate ln η of the last step
 * @param watched one entry for each watched weight
 */
public record Epoch(
    long number,
    long iteration,
    Scores train,
    Scores test,
    double logLearningRate,
    List<Watched> watched) {

  /** Keeps the list from being changed. */
  public Epoch {
    watched = List.copyOf(watched);
  }

  /**
   * A watched weight at the end of an epoch.
   *
   * @param name of the weight
   * @param log10Norm log10 ‖w‖
   * @param angle in radians, between the weights at the end of this epoch and at its start
   * @param log10EffectiveRate log10 of η / ‖w‖²
   */
  public record Watched(String name, double log10Norm, double angle, double log10EffectiveRate) {}
}
