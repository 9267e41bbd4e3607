package explr.equivalence;

import explr.equivalence.Deviation.Quantity;
import explr.optimizer.Optimizer;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.statistics.Bound;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A deliberately wrong form of an optimizer's run without weight decay, which the comparison must
 * detect.
 *
 * <p>{@link #P_SQUARED} and {@link #P_ALONE} have the power of P that belongs to the other {@link
 * Optimizer#stepDegree() degree} of the step.
 */
public enum Control {

  /** Buffers are not multiplied by the factor that the rates have before step t. */
  BUFFERS_LEFT("buffers not following", Quantity.BUFFER) {
    @Override
    boolean applies(Optimizer optimizer, Rates recipe) {
      // Without momentum a buffer is the gradient, so there is nothing to scale.
      return (optimizer.decoupled() || optimizer instanceof Optimizer.Nesterov)
          && (optimizer.secondBeta().isPresent() || recipe.momentum(recipe.iterations() - 1) > 0);
    }

    @Override
    Counterpart wrong(Counterpart twin) {
      return twin.withRates(new BuffersLeft(twin.rates()));
    }
  },

  /** ε of the optimizer is not divided by P_t. Running statistics do not follow either. */
  EPSILON_LEFT("optimizer's ε not scaled", Quantity.DIRECTION) {
    @Override
    boolean applies(Optimizer optimizer, Rates recipe) {
      return optimizer.epsilonOfStep().orElse(0) > 0;
    }

    @Override
    Counterpart wrong(Counterpart twin) {
      return twin.withRates(new EpsilonLeft(twin.rates()));
    }
  },

  /** The rate η_t P_t P_{t+1} of SGD where the step does not shrink with the gradient. */
  P_SQUARED("P² instead of P", Quantity.DIRECTION) {
    @Override
    boolean applies(Optimizer optimizer, Rates recipe) {
      return optimizer.stepDegree() == 0;
    }

    @Override
    Counterpart wrong(Counterpart twin) {
      return twin.withRates(new OtherPower(twin.rates(), 1));
    }
  },

  /** The rate η_t P_{t+1} of AdamW where the step shrinks as the gradient does. */
  P_ALONE("P instead of P²", Quantity.DIRECTION) {
    @Override
    boolean applies(Optimizer optimizer, Rates recipe) {
      return !(optimizer instanceof Optimizer.Momentum) && optimizer.stepDegree() == -1;
    }

    @Override
    Counterpart wrong(Counterpart twin) {
      return twin.withRates(new OtherPower(twin.rates(), -1));
    }
  },

  /** The momentum buffer is only scaled, u_t θ is not subtracted. */
  OFFSET_LEFT("u dropped", Quantity.BUFFER) {
    @Override
    boolean applies(Optimizer optimizer, Rates recipe) {
      return optimizer instanceof Optimizer.Nesterov;
    }

    @Override
    Counterpart wrong(Counterpart twin) {
      return twin.withoutBufferOffset();
    }
  };

  /**
   * The deviation at which a wrong form is visible in 64 bits: a hundred times the bound for an
   * exact one.
   */
  static final Bound VISIBLE = Bound.above(1e-10);

  private final String title;
  private final Quantity quantity;

  Control(String title, Quantity quantity) {
    this.title = title;
    this.quantity = quantity;
  }

  /** As shown to a reader: the name of its counterpart. */
  public String title() {
    return title;
  }

  /** The quantity that it changes most directly. */
  public Quantity quantity() {
    return quantity;
  }

  abstract boolean applies(Optimizer optimizer, Rates recipe);

  abstract Counterpart wrong(Counterpart twin);

  /** The wrong forms of an optimizer's twin. */
  static List<Counterpart> of(Optimizer optimizer, Rates recipe, Counterpart twin) {
    return Arrays.stream(values())
        .filter(control -> control.applies(optimizer, recipe))
        .map(control -> control.wrong(twin).named(control.title))
        .toList();
  }

  /** The control of this name, if there is one. */
  static Optional<Control> named(String run) {
    return Arrays.stream(values()).filter(control -> control.title.equals(run)).findFirst();
  }

  private record BuffersLeft(Rates rates) implements ForwardingRates {
    @Override
    public double bufferFactor(long iteration) {
      return 1;
    }
  }

  private record EpsilonLeft(Rates rates) implements ForwardingRates {
    @Override
    public double logScale(long iteration) {
      return 0;
    }
  }

  private record OtherPower(Rates rates, int power) implements ForwardingRates {
    @Override
    public double logLearningRate(long iteration) {
      return rates.logLearningRate(iteration) + power * rates.logScale(iteration);
    }

    @Override
    public double learningRate(long iteration) {
      return Math.exp(logLearningRate(iteration));
    }
  }
}
