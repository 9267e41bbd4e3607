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

  /** Below this root, the rounding of λη/η_0 leaves fewer than 13 digits of it. */
  private static final double SMALLEST_ROOT = 1e-3;

  private TexpMinusMinus() {}

  /**
   * The run without weight decay; its {@link Twin#original} is {@link #constantRate} of the recipe.
   *
   * @throws IllegalArgumentException as {@link Texp#of}, and where a root is below 0.001 at a rate
   *     other than the first: it depends on digits of λη/η_0 that a double lacks
   */
  public static Twin of(Rates rates) {
    Twin.Builder twin = new Twin.Builder();
    convert(rates, twin);
    return twin.build();
  }

  static void convert(Rates rates, TwinSteps twin) {
    Texp.convert(constantRate(rates), (root, t) -> refuseLostDigits(root, rates, t), twin);
  }

  private static void refuseLostDigits(PhaseRoot root, Rates rates, long t) {
    if (root.oneMinus() > 1 - SMALLEST_ROOT && rates.learningRate(t) != rates.learningRate(0)) {
      throw new IllegalArgumentException(
          ("TEXP−− uses the weight decay λη/η_0, whose rounding leaves too few digits of the root at"
                  + " iteration %d, where learning rate %s and weight decay %s have λη near 1;"
                  + " convert by TEXP or TEXP++")
              .formatted(t, rates.learningRate(t), rates.weightDecay(t)));
    }
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
