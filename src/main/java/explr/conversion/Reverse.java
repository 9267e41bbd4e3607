package explr.conversion;

import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.Tabulated;

/**
 * What a growing learning rate stands for: recipes with weight decay that a given run without it is
 * equivalent to.
 *
 * <p>For given η̃_t &gt; 0 there is one equation an iteration, η̃_t = P_t P_{t+1} η_t, and two
 * unknowns, so that there is a family of answers: choose the decay ({@link #withDecay}) or the rate
 * ({@link #withRate}), and the other follows. If the rate grows by the same factor at every
 * iteration one answer is constant ({@link #constant}). All start from the same weights and buffer,
 * and all are exact; TEXP++ leads back.
 *
 * <p>Accuracy: that of the logarithm of η̃, about 1e-16 · |ln η̃|, relative to the rate and to 1/η
 * in the decay.
 */
public final class Reverse {

  private Reverse() {}

  /**
   * The recipe with a chosen weight decay: always exists and is unique.
   *
   * <pre>
   *   w = λ_t + γ_t u_t,   e = η̃_t / P_t²,   η_t = e / (1 + we),   α_{t+1} = 1 / (1 + we),
   *   u_{t+1} = w / α_{t+1}
   * </pre>
   *
   * @param growing a run without weight decay and corrections, η̃_t ≥ 0
   * @param weightDecay λ_t ≥ 0
   * @throws IllegalArgumentException naming the iteration at which the run has weight decay or a
   *     correction, or a value is out of range
   */
  public static Recipe withDecay(Rates growing, Schedule weightDecay) {
    double[] rates = new double[Twin.length(growing)];
    double[] decays = new double[rates.length];
    LogScale scale = new LogScale();
    double offset = 0;
    for (int t = 0; t < rates.length; t++) {
      refuseDecay(growing, t);
      decays[t] = weightDecay.at(t);
      double momentum = growing.momentum(t);
      double relative = Math.exp(growing.logLearningRate(t) - 2 * scale.value());
      Rates.check(t, relative, decays[t], momentum);
      double pull = decays[t] + momentum * offset;
      double growth = pull * relative; // 1/α − 1
      rates[t] = relative / (1 + growth);
      offset = pull * (1 + growth);
      scale.divideBy(growth / (1 + growth), 1 / (1 + growth));
    }
    return recipe(rates, decays, growing);
  }

  /**
   * The recipe with a chosen learning rate, if there is one with λ ≥ 0.
   *
   * <pre>
   *   α_{t+1} = η_t P_t² / η̃_t,   λ_t = (1 − α_{t+1}) / η_t − γ_t u_t,
   *   u_{t+1} = (1 − α_{t+1}) / (η_t α_{t+1})
   * </pre>
   *
   * @param growing a run without weight decay and corrections, η̃_t &gt; 0
   * @param learningRate η_t &gt; 0
   * @throws IllegalArgumentException naming the iteration at which λ_t would be negative, beyond
   *     rounding, and its value; such a recipe exists on paper but no optimizer decays negatively
   */
  public static Recipe withRate(Rates growing, Schedule learningRate) {
    double[] rates = new double[Twin.length(growing)];
    double[] decays = new double[rates.length];
    LogScale scale = new LogScale();
    double offset = 0;
    for (int t = 0; t < rates.length; t++) {
      refuseDecay(growing, t);
      rates[t] = learningRate.at(t);
      Rates.check(t, rates[t], 0, growing.momentum(t));
      double logGiven = growing.logLearningRate(t);
      if (!(rates[t] > 0 && logGiven > Double.NEGATIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "both rates must be positive; at iteration %d they are %s and %s"
                .formatted(t, rates[t], growing.learningRate(t)));
      }
      double logAlpha = Math.log(rates[t]) + 2 * scale.value() - logGiven;
      double oneMinusAlpha = -Math.expm1(logAlpha);
      double rounding = 16 * (Math.ulp(logGiven) + Math.ulp(2 * scale.value())) / rates[t];
      decays[t] = oneMinusAlpha / rates[t] - growing.momentum(t) * offset;
      if (decays[t] < -rounding) {
        throw new IllegalArgumentException(
            "with learning rate %s at iteration %d the weight decay would have to be %s, negative"
                .formatted(rates[t], t, decays[t]));
      }
      decays[t] = Math.max(0, decays[t]);
      double alpha =
          oneMinusAlpha <= LogScale.LARGEST_ACCURATE ? 1 - oneMinusAlpha : Math.exp(logAlpha);
      offset = oneMinusAlpha / (rates[t] * alpha);
      scale.divideBy(oneMinusAlpha, alpha);
    }
    return recipe(rates, decays, growing);
  }

  /**
   * The recipe with constant rate and decay that a rate growing by r at every iteration stands for.
   *
   * <pre>
   *   z = r^(−1/2),   η = z η̃_0,   λ = (1 − z)(z − γ) / (zη)
   * </pre>
   *
   * In its first step alone the decay is λz/(z − γ): so the buffer starts from 0 in both runs and
   * the equivalence is exact.
   *
   * @param initial η̃_0 &gt; 0
   * @param growth r, 1 ≤ r ≤ 1/γ, so that z is the larger root
   * @param momentum γ in [0, 1)
   * @param iterations T ≥ 1
   * @throws IllegalArgumentException outside these ranges
   */
  public static Recipe constant(double initial, double growth, double momentum, long iterations) {
    Rates.check(0, initial, 0, momentum);
    if (initial == 0 || !(growth >= 1 && growth * momentum <= 1 && growth < Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          ("a constant recipe needs an initial rate > 0 and a growth from 1 to 1/γ = %s an iteration,"
                  + " not %s and %s")
              .formatted(1 / momentum, initial, growth));
    }
    double root = 1 / Math.sqrt(growth);
    double oneMinusRoot = (growth - 1) / (growth * (1 + root));
    double learningRate = root * initial;
    double first = oneMinusRoot / learningRate;
    double decay = first * (root - momentum) / root;
    return new Recipe(
        Schedule.constant(learningRate),
        Schedule.constant(first).during(1).then(Schedule.constant(decay)),
        Schedule.constant(momentum),
        iterations);
  }

  private static void refuseDecay(Rates growing, long iteration) {
    TexpPlusPlus.refuseCorrection(growing, iteration);
    if (growing.weightDecay(iteration) != 0) {
      throw new IllegalArgumentException(
          "the way back starts from a run without weight decay; at iteration %d it has %s"
              .formatted(iteration, growing.weightDecay(iteration)));
    }
  }

  private static Recipe recipe(double[] rates, double[] decays, Rates growing) {
    return new Recipe(
        Tabulated.of(rates), Tabulated.of(decays), growing::momentum, growing.iterations());
  }
}
