package explr.conversion;

import explr.schedule.Rates;

/** The optimizers that a recipe may be meant for, and what each becomes without weight decay. */
public enum UpdateRule {

  /** v ← γv + ∇L + λθ, θ ← θ − ηv: PyTorch's SGD with momentum, the paper's Definition 1.2. */
  MOMENTUM {
    @Override
    public Twin withoutDecay(Rates rates) {
      return TexpPlusPlus.of(rates);
    }
  },

  /** v ← γv + ∇L, θ ← (1 − λη)θ − ηv. */
  DECOUPLED {
    @Override
    public Twin withoutDecay(Rates rates) {
      return DecoupledDecay.of(rates);
    }
  },

  /** m ← γm − η(∇L + λθ), θ ← θ + m: the momentum of Keras, DJL and MXNet. */
  RATE_INSIDE_BUFFER {
    @Override
    public Twin withoutDecay(Rates rates) {
      return Conversion.RATE_INSIDE_BUFFER.of(rates);
    }
  },

  /** v ← γv + ∇L + λθ, θ ← θ − η(∇L + λθ + γv): see {@link NesterovTwin}. */
  NESTEROV {
    @Override
    public Twin withoutDecay(Rates rates) {
      throw new IllegalArgumentException(NO_NESTEROV);
    }
  };

  static final String NO_NESTEROV =
      "Nesterov momentum has no equivalent that is Nesterov momentum: the decay enters its step"
          + " directly and through the buffer, and one scale of the weights cannot replace both"
          + " (NesterovTwin in Java has the coefficients of an update that is equivalent); a rate"
          + " converted as for plain momentum would change directions by about 2e-2. Train with"
          + " plain momentum to convert";

  /**
   * The exact equivalent without weight decay and without corrections.
   *
   * @throws IllegalArgumentException where there is none, saying why
   */
  public abstract Twin withoutDecay(Rates rates);
}
