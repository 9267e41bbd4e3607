package explr.lesson;

import explr.conversion.CharacteristicRoot;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.Schedule;

/**
 * A recipe of 160 epochs as the sliders of {@link RatioBoundExplorer} set it.
 *
 * @param learningRate η at the start
 * @param weightDecay λ, where {@code partOfCritical} is 0
 * @param partOfCritical λη at the start as a part of the critical (1 − √γ)²; where it is not 0 it
 *     decides the weight decay
 * @param momentum γ
 * @param cosine whether the rate falls by a cosine to 0, changing at every epoch; else it is
 *     divided at two milestones
 * @param firstMilestone in epochs
 * @param firstDivisor by what the rate is divided there; 1 leaves it
 * @param secondMilestone in epochs, before or after the first
 * @param secondDivisor by what the rate is divided there; 1 leaves it
 * @param iterationsEach iterations of an epoch
 */
record RatioBoundSetting(
    double learningRate,
    double weightDecay,
    double partOfCritical,
    double momentum,
    boolean cosine,
    long firstMilestone,
    double firstDivisor,
    long secondMilestone,
    double secondDivisor,
    long iterationsEach) {

  private static final long EPOCHS = 160;

  /** The components in their order, as the sliders give them. */
  static RatioBoundSetting of(double... v) {
    return new RatioBoundSetting(
        v[0], v[1], v[2], v[3], v[4] == 1, (long) v[5], v[6], (long) v[7], v[8], (long) v[9]);
  }

  Epochs epochs() {
    return Epochs.of(iterationsEach);
  }

  Recipe recipe() {
    double decay =
        partOfCritical == 0
            ? weightDecay
            : partOfCritical * CharacteristicRoot.critical(momentum) / learningRate;
    Schedule rate = cosine ? Cosine.from(learningRate).over(EPOCHS) : this::divided;
    return Recipe.of(rate.perEpoch(epochs()), decay, momentum, epochs().iterations(EPOCHS));
  }

  private double divided(long epoch) {
    double divisor = epoch < firstMilestone ? 1 : firstDivisor;
    return learningRate / (epoch < secondMilestone ? divisor : divisor * secondDivisor);
  }
}
