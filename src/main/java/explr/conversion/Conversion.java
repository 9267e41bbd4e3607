package explr.conversion;

import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import java.util.Arrays;
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
      (rates, optimizer, twin) -> ExpLr.convert(rates, twin)),

  /** {@link Texp}. */
  TEXP(
      "texp",
      "Li & Arora 2020, Theorems 2.12 and B.2",
      "learning rates > 0; λη ≤ (1 − √γ)² in every phase",
      "exact with the corrections of the momentum buffer where phases begin",
      (rates, optimizer, twin) -> Texp.convert(rates, twin)),

  /** {@link TexpPlusPlus}. */
  TEXP_PLUS_PLUS(
      "texp++",
      "Li & Arora 2020, Theorem 2.13",
      "α > 0 at every iteration, as it is up to λη = (1 − √γ)²",
      "exact without corrections",
      (rates, optimizer, twin) -> TexpPlusPlus.convert(rates, twin)),

  /** {@link TexpMinusMinus}. */
  TEXP_MINUS_MINUS(
      "texp--",
      "Li & Arora 2020, equation 8",
      "first learning rate > 0; λη ≤ (1 − √γ)² in every phase, for the momentum of that phase",
      "exact, with its corrections, for another recipe: the first learning rate η_0 throughout and"
          + " the decay λη/η_0",
      (rates, optimizer, twin) -> TexpMinusMinus.convert(rates, twin)),

  /** {@link DecoupledDecay}. */
  DECOUPLED(
      "decoupled",
      "the identity behind the theorems of Li & Arora 2020, with α = 1 − λη",
      "decoupled decay, θ ← (1 − λη)θ − ηv; λη < 1",
      "exact without corrections, with a smaller momentum",
      (rates, optimizer, twin) -> DecoupledDecay.convert(rates, twin)),

  /** {@link TexpPlusPlus} of {@link RateInsideBuffer}. */
  RATE_INSIDE_BUFFER(
      "rate-inside-buffer",
      "Li & Arora 2020, Theorem 2.13, applied to the same run in the paper's form",
      "m ← γm − η(∇L + λθ), θ ← θ + m, as in Keras, DJL and MXNet; α > 0 at every iteration; no"
          + " rate that falls to 0",
      "exact without corrections, for v ← γv + ∇L, θ ← θ − ηv with its own momentum, which exceeds 1"
          + " where the rate drops",
      (rates, optimizer, twin) -> TexpPlusPlus.convertRateInside(rates, twin)),

  /** {@link NesterovTwin}. */
  NESTEROV(
      "nesterov",
      "the identity behind the theorems of Li & Arora 2020, for Nesterov's momentum",
      "Nesterov's momentum in PyTorch's form with the decay in the gradient; α > 0 at every"
          + " iteration",
      "exact for Nesterov's momentum with the momentum given, which may exceed 1, if before"
          + " each step the momentum buffer is multiplied by the buffer factor",
      (rates, optimizer, twin) -> NesterovTwin.convert(rates, twin)),

  /** {@link FollowingBuffers}. */
  FOLLOWING_BUFFERS(
      "following-buffers",
      "the homogeneity of the optimizer's step, with Lemma 1.3 of Li & Arora 2020",
      "decoupled decay, θ ← (1 − λη)θ − ηu, as in AdamW, Lion, signSGD, Muon and SGDW; λη < 1",
      "exact for the same optimizer, if before each step every buffer that is linear in gradients is"
          + " multiplied by the buffer factor, every quadratic one by its square, and ε is the one given",
      FollowingBuffers::convert),

  /** {@link SmallerBetas}. */
  SMALLER_BETAS(
      "smaller-betas",
      "the homogeneity of Adam's step, with Lemma 1.3 of Li & Arora 2020",
      "AdamW with constant learning rate > 0, weight decay and β, and with ε outside of the root as"
          + " in PyTorch; λη < 1",
      "exact for Adam with bias correction, smaller β₁ and β₂ and the ε given; its buffers are"
          + " not scaled",
      SmallerBetas::convert),

  /** {@link WithDecay}. */
  WITH_DECAY(
      "with-decay",
      "the conversions to a run without decay, solved for the rate",
      "that learning_rate is the one of a run without decay, and weight_decay the one to be added;"
          + " momentum SGD in PyTorch's form, or decoupled decay",
      "exact for the same optimizer; for decoupled decay if before each step every buffer that is"
          + " linear in gradients is multiplied by the buffer factor, every quadratic one by its"
          + " square, and ε is the one given",
      WithDecay::convert);

  /** The steps of a conversion. */
  @FunctionalInterface
  private interface Steps {
    void convert(Rates rates, Optimizer optimizer, TwinSteps twin);
  }

  private final String text;
  private final String source;
  private final String assumption;
  private final String exactness;
  private final Steps conversion;

  Conversion(String text, String source, String assumption, String exactness, Steps conversion) {
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
   * The conversion that this one selects for an optimizer: TEXP++ of AdamW is {@link
   * #FOLLOWING_BUFFERS}.
   *
   * @throws IllegalArgumentException where the optimizer's run has no such conversion, saying why
   */
  public Conversion forOptimizer(Optimizer optimizer) {
    if (this == WITH_DECAY) {
      if (optimizer instanceof Optimizer.Nesterov
          || optimizer instanceof Optimizer.RateInsideBuffer) {
        throw new IllegalArgumentException(
            "the conversion back to a weight decay is for momentum SGD in PyTorch's form and"
                + " for decoupled decay");
      }
      return this;
    }
    if (optimizer instanceof Optimizer.Nesterov) {
      return only("Nesterov's momentum", NESTEROV);
    }
    if (optimizer instanceof Optimizer.RateInsideBuffer) {
      return only("a recipe with its rate inside the momentum buffer", RATE_INSIDE_BUFFER);
    }
    if (optimizer instanceof Optimizer.DecoupledMomentum) {
      return this == FOLLOWING_BUFFERS ? this : only("decoupled decay", DECOUPLED);
    }
    if (optimizer instanceof Optimizer.AdamW) {
      return this == SMALLER_BETAS ? this : only("AdamW", FOLLOWING_BUFFERS);
    }
    if (optimizer instanceof Optimizer.Normalized) {
      return only(optimizer.getClass().getSimpleName(), FOLLOWING_BUFFERS);
    }
    switch (this) {
      case RATE_INSIDE_BUFFER:
        throw refused("the recipe's rate is not inside the momentum buffer");
      case NESTEROV:
        throw refused("the recipe's momentum is not Nesterov's");
      case DECOUPLED, FOLLOWING_BUFFERS, SMALLER_BETAS:
        throw refused("the recipe's decay belongs to the gradient and is not decoupled");
      default:
        return this;
    }
  }

  /** The only conversion, which TEXP++ selects too. */
  private Conversion only(String what, Conversion conversion) {
    if (this != TEXP_PLUS_PLUS && this != conversion) {
      throw refused("%s has no conversion by %s".formatted(what, text));
    }
    return conversion;
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why + "; convert by texp++");
  }

  /**
   * The run without weight decay of momentum SGD.
   *
   * @throws IllegalArgumentException if there is none; the message says why. Also for the
   *     conversions of other optimizers, whose classes have their own methods
   */
  public Twin of(Rates rates) {
    if (this == NESTEROV
        || this == FOLLOWING_BUFFERS
        || this == SMALLER_BETAS
        || this == WITH_DECAY) {
      throw new IllegalArgumentException(
          text + " gives no Twin, which keeps buffers and β and has no decay; use its own class");
    }
    Twin.Builder twin = new Twin.Builder();
    conversion.convert(rates, new Optimizer.Momentum(), twin);
    return twin.build();
  }

  /**
   * Visits the iterations of the run without weight decay in order and keeps none of them, so that
   * memory does not grow with the length of the run.
   *
   * @param optimizer the optimizer of the rates; see {@link #forOptimizer}
   * @param visitor called with the same object for every iteration
   * @throws IllegalArgumentException where there is no such run, saying why; by then the visitor
   *     may have seen the iterations before
   */
  public void forEach(Rates rates, Optimizer optimizer, Consumer<TwinStep> visitor) {
    conversion.convert(
        rates,
        optimizer,
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

  /** What it assumes of the recipe, in addition to a loss with L(cθ) = L(θ). */
  public String assumption() {
    return assumption;
  }

  /** How exact it is. */
  public String exactness() {
    return exactness;
  }

  /** The name, as {@code texp++}. */
  @Override
  public String toString() {
    return text;
  }
}
