package explr.conversion;

import explr.schedule.Rates;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The conversions to a run without weight decay by name, with what each assumes. */
public enum Conversion {

  /** {@link ExpLr}. */
  EXP(
      "exp",
      "Li & Arora 2020, Theorem 2.9 (2.1 without momentum)",
      "constant learning rate > 0, weight decay and momentum; λη ≤ (1 − √γ)²",
      "exact with the correction of the momentum buffer before step 0",
      ExpLr::convert),

  /** {@link Texp}. */
  TEXP(
      "texp",
      "Li & Arora 2020, Theorems 2.12 and B.2",
      "learning rates > 0; λη ≤ (1 − √γ)² in every phase",
      "exact with the corrections of the momentum buffer where phases begin",
      Texp::convert),

  /** {@link TexpPlusPlus}. */
  TEXP_PLUS_PLUS(
      "texp++",
      "Li & Arora 2020, Theorem 2.13",
      "α > 0 at every iteration, as it is up to λη = (1 − √γ)²",
      "exact without corrections",
      TexpPlusPlus::convert),

  /** {@link TexpMinusMinus}. */
  TEXP_MINUS_MINUS(
      "texp--",
      "Li & Arora 2020, equation 8",
      "first learning rate > 0; λη ≤ (1 − √γ)² in every phase, for the momentum of that phase",
      "exact, with its corrections, for another recipe: the first learning rate η_0 throughout and"
          + " the decay λη/η_0",
      TexpMinusMinus::convert),

  /** {@link DecoupledDecay}. */
  DECOUPLED(
      "decoupled",
      "the identity behind the theorems of Li & Arora 2020, with α = 1 − λη",
      "decoupled decay, θ ← (1 − λη)θ − ηv; λη < 1",
      "exact without corrections, with a smaller momentum",
      DecoupledDecay::convert),

  /** {@link TexpPlusPlus} of {@link RateInsideBuffer}. */
  RATE_INSIDE_BUFFER(
      "rate-inside-buffer",
      "Li & Arora 2020, Theorem 2.13, applied to the same run in the paper's form",
      "m ← γm − η(∇L + λθ), θ ← θ + m, as in Keras, DJL and MXNet; α > 0 at every iteration; no"
          + " rate that falls to 0",
      "exact without corrections, for v ← γv + ∇L, θ ← θ − ηv with its own momentum, which exceeds 1"
          + " where the rate drops",
      TexpPlusPlus::convertRateInside);

  private final String text;
  private final String source;
  private final String assumption;
  private final String exactness;
  private final BiConsumer<Rates, TwinSteps> conversion;

  Conversion(
      String text,
      String source,
      String assumption,
      String exactness,
      BiConsumer<Rates, TwinSteps> conversion) {
    this.text = text;
    this.source = source;
    this.assumption = assumption;
    this.exactness = exactness;
    this.conversion = conversion;
  }

  /**
   * The conversion of a name, as {@code texp++}.
   *
   * @throws IllegalArgumentException listing the names if there is none such
   */
  public static Conversion named(String name) {
    return Arrays.stream(values())
        .filter(conversion -> conversion.text.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no conversion '%s'; there are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Conversion::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * What this conversion is for a run of an optimizer: TEXP++ of decoupled decay is {@link
   * #DECOUPLED}.
   *
   * @throws IllegalArgumentException where the optimizer's run has no such conversion, saying why
   */
  public Conversion forRule(UpdateRule rule) {
    return switch (rule) {
      case NESTEROV -> throw new IllegalArgumentException(UpdateRule.NO_NESTEROV);
      case DECOUPLED -> {
        if (this != TEXP_PLUS_PLUS && this != DECOUPLED) {
          throw new IllegalArgumentException(
              "decoupled decay has no conversion by %s; convert by texp++".formatted(text));
        }
        yield DECOUPLED;
      }
      case RATE_INSIDE_BUFFER -> {
        if (this != TEXP_PLUS_PLUS && this != RATE_INSIDE_BUFFER) {
          throw new IllegalArgumentException(
              "a recipe with its rate inside the momentum buffer has no conversion by %s; convert by texp++"
                  .formatted(text));
        }
        yield RATE_INSIDE_BUFFER;
      }
      case MOMENTUM -> {
        if (this == RATE_INSIDE_BUFFER) {
          throw new IllegalArgumentException(
              "the recipe's rate is not inside the momentum buffer; convert by texp++");
        }
        if (this == DECOUPLED) {
          throw new IllegalArgumentException(
              "the recipe's decay belongs to the gradient and is not decoupled; convert by texp++");
        }
        yield this;
      }
    };
  }

  /**
   * The run without weight decay.
   *
   * @throws IllegalArgumentException where there is none, saying why
   */
  public Twin of(Rates rates) {
    Twin.Builder twin = new Twin.Builder();
    conversion.accept(rates, twin);
    return twin.build();
  }

  /**
   * Visits the iterations of the run without weight decay in order and keeps none of them, so that
   * memory does not grow with the length of the run.
   *
   * @param visitor called with the same object for every iteration
   * @throws IllegalArgumentException where there is no such run, saying why; by then the visitor
   *     may have seen the iterations before
   */
  public void forEach(Rates rates, Consumer<TwinStep> visitor) {
    conversion.accept(
        rates,
        new TwinSteps() {
          @Override
          void add(TwinStep step) {
            visitor.accept(step);
          }
        });
  }

  /** Where it is proved. */
  public String source() {
    return source;
  }

  /** What it assumes of the recipe, beside a loss with L(cθ) = L(θ) and momentum SGD. */
  public String assumption() {
    return assumption;
  }

  /** How exact it is. */
  public String exactness() {
    return exactness;
  }

  /** The name: texp++, texp, texp--, exp, decoupled or rate-inside-buffer. */
  @Override
  public String toString() {
    return text;
  }
}
