package explr.conversion;

import explr.schedule.Rates;
import explr.schedule.Recipe;

/**
 * The exponential learning rate η̃_t = η z^(−2t−1) that stands for constant rate, weight decay and
 * momentum.
 *
 * <p>Li &amp; Arora 2020, Theorem 2.9; Theorem 2.1 is the case γ = 0. Here z is the {@link
 * CharacteristicRoot}. Equivalence is exact only with the initial buffer ṽ_0 = v_0 − ((1 − z)/(zη))
 * θ_0, which the twin makes by its correction before step 0. The paper's experiments start from ṽ_0
 * = 0 instead: {@link Rates#withoutCorrections()}, which changes directions by about 2e-3 at the
 * paper's settings. Without momentum the buffer is forgotten at every step, the correction has no
 * effect, and TEXP++ is the same.
 */
public final class ExpLr {

  private ExpLr() {}

  /**
   * The equivalent run without weight decay.
   *
   * @param learningRate η &gt; 0
   * @param weightDecay λ ≥ 0 with λη ≤ (1 − √γ)²
   * @param momentum γ in [0, 1)
   * @param iterations T ≥ 1
   * @throws IllegalArgumentException outside these ranges
   */
  public static Twin of(double learningRate, double weightDecay, double momentum, long iterations) {
    return of(Recipe.of(learningRate, weightDecay, momentum, iterations));
  }

  /**
   * The equivalent run without weight decay of a recipe in which everything is constant.
   *
   * @throws IllegalArgumentException naming the first iteration at which the recipe changes; {@link
   *     Texp} and {@link TexpPlusPlus} convert those
   */
  public static Twin of(Rates recipe) {
    Twin.Builder twin = new Twin.Builder();
    convert(recipe, twin);
    return twin.build();
  }

  static void convert(Rates recipe, TwinSteps twin) {
    double learningRate = recipe.learningRate(0);
    double weightDecay = recipe.weightDecay(0);
    double momentum = recipe.momentum(0);
    Rates.check(0, learningRate, weightDecay, momentum);
    if (learningRate == 0) {
      throw new IllegalArgumentException(
          "an exponential rate needs a learning rate > 0 to grow from, not 0");
    }
    CharacteristicRoot.of(learningRate, weightDecay, momentum);
    for (long t = 0; t < recipe.iterations(); t++) {
      if (recipe.learningRate(t) != learningRate
          || recipe.weightDecay(t) != weightDecay
          || recipe.momentum(t) != momentum) {
        throw new IllegalArgumentException(
            ("Theorem 2.9 is for constant rate, decay and momentum; at iteration %d they change to"
                    + " %s, %s and %s; convert by TEXP or TEXP++")
                .formatted(t, recipe.learningRate(t), recipe.weightDecay(t), recipe.momentum(t)));
      }
    }
    // TEXP of a single phase, through the same arithmetic: with TEXP of a recipe that begins alike
    // this shares every bit until that recipe changes.
    Texp.convert(recipe, twin);
  }
}
