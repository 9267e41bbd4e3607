package explr.theory;

import explr.schedule.Rates;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of SGD with momentum in four forms that differ in where weight decay and rate enter.
 *
 * <p>Only {@link #PAPER} is what the theorems are about, and only there corrections of the buffer
 * have their meaning; the others are to be compared with it.
 */
public enum MomentumSgd {

  /** v ← γv + ∇L + λθ, θ ← θ − ηv: PyTorch's, and Definition 1.2 of Li &amp; Arora 2020. */
  PAPER {
    @Override
    ToyState update(double[] weights, double[] buffer, double[] gradient, Rates rates, long t) {
      double[] pull = Vectors.plus(gradient, rates.weightDecay(t), weights);
      double[] next = Vectors.plus(pull, rates.momentum(t), buffer);
      return ToyState.of(Vectors.plus(weights, -rates.learningRate(t), next), next);
    }
  },

  /** m ← γm − η(∇L + λθ), θ ← θ + m: the Sgd of MXNet and DJL, with the rate inside the buffer. */
  RATE_INSIDE_BUFFER {
    @Override
    ToyState update(double[] weights, double[] buffer, double[] gradient, Rates rates, long t) {
      double[] pull = Vectors.plus(gradient, rates.weightDecay(t), weights);
      double[] kept = Vectors.scaled(rates.momentum(t), buffer);
      double[] next = Vectors.plus(kept, -rates.learningRate(t), pull);
      return ToyState.of(Vectors.plus(weights, 1, next), next);
    }
  },

  /** v ← γv + ∇L, θ ← (1 − λη)θ − ηv: decoupled decay. */
  DECOUPLED {
    @Override
    ToyState update(double[] weights, double[] buffer, double[] gradient, Rates rates, long t) {
      double[] next = Vectors.plus(gradient, rates.momentum(t), buffer);
      double rate = rates.learningRate(t);
      double[] kept = Vectors.scaled(1 - rates.weightDecay(t) * rate, weights);
      return ToyState.of(Vectors.plus(kept, -rate, next), next);
    }
  },

  /**
   * v ← γfv + g, θ ← θ − η(g + γv), g = ∇L + λθ: Nesterov's momentum as PyTorch has it; f = {@link
   * Rates#bufferFactor} is 1 for a run that stands for itself.
   */
  NESTEROV {
    @Override
    ToyState update(double[] weights, double[] buffer, double[] gradient, Rates rates, long t) {
      double[] pull = Vectors.plus(gradient, rates.weightDecay(t), weights);
      double[] next = Vectors.plus(pull, rates.momentum(t) * rates.bufferFactor(t), buffer);
      double[] step = Vectors.plus(pull, rates.momentum(t), next);
      return ToyState.of(Vectors.plus(weights, -rates.learningRate(t), step), next);
    }
  };

  /** The step proper, after the correction of the buffer. */
  abstract ToyState update(
      double[] weights, double[] buffer, double[] gradient, Rates rates, long iteration);

  /**
   * The state after step t, with the correction of the buffer that the rates ask for before it.
   *
   * @param state before the step
   * @param loss L_t
   * @param rates what drives the run
   * @param iteration t
   */
  public ToyState step(ToyState state, ScaleInvariantLoss loss, Rates rates, long iteration) {
    double[] weights = state.weights();
    double[] buffer = state.buffer();
    double correction = rates.correction(iteration);
    if (correction != 0) {
      buffer = Vectors.plus(buffer, correction / rates.learningRate(iteration), weights);
    }
    return update(weights, buffer, loss.gradient(weights), rates, iteration);
  }

  /** The states of a run before each step and after the last, T + 1 in all. */
  public List<ToyState> run(ToyState initial, LossSequence losses, Rates rates) {
    List<ToyState> states = new ArrayList<>();
    ToyState state = initial;
    states.add(state);
    for (long t = 0; t < rates.iterations(); t++) {
      state = step(state, losses.at(t), rates, t);
      states.add(state);
    }
    return states;
  }
}
