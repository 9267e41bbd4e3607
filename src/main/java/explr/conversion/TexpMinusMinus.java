package explr.conversion;

import explr.schedule.Constant;
import explr.schedule.Rates;
import explr.schedule.Recipe;

/**
 * TEXP−−: TEXP without the drop of the rate where a phase begins; only the exponent changes.
 *
 * <p>Li &amp; Arora 2020, equation 8 and Figure 6: with its own corrections it is exactly
 * equivalent, not to the recipe it was made from, but to the one with the learning rate η_0
 * throughout and the decay λ_t η_t / η_0, which has the same roots.
 */
public final class TexpMinusMinus {

  private TexpMinusMinus() {}

  /**
   * The run without weight decay; its {@link Twin#original} is {@link #constantRate} of the recipe.
   *
   * @throws IllegalArgumentException as {@link Texp#of}
   */
  public static Twin of(Rates rates) {
    return Texp.of(constantRate(rates));
  }

  static void convert(Rates rates, TwinSteps twin) {
    Texp.convert(constantRate(rates), twin);
  }

  /**
   * The recipe with the first learning rate throughout and the weight decay lowered as the rate
   * was: η'_t = η_0, λ'_t = λ_t η_t / η_0.
   *
   * @throws IllegalArgumentException if η_0 is not positive
   */
  public static Recipe constantRate(Rates rates) {
    double first = rates.learningRate(0);
    if (!(first > 0)) {
      throw new IllegalArgumentException(
          "TEXP−− keeps the first learning rate, which must be positive, not " + first);
    }
    return new Recipe(
        new Constant(first),
        t -> rates.weightDecay(t) * (rates.learningRate(t) / first),
        rates::momentum,
        rates.iterations());
  }
}
