package explr.theory;

import explr.conversion.SmallerBetas;
import explr.optimizer.Optimizer;
import explr.optimizer.Orthogonalization;
import explr.schedule.Rates;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps of the optimizers with decoupled decay on a matrix of weights, in double arithmetic, and
 * the maps that commute with them.
 *
 * <p>With S_c (θ, m, v) = (cθ, m/c, v/c²), F_ρ (θ, m, v) = (θ, ρm, ρ²v) and a step of rate η, ε and
 * decay that leaves ρ of the weights, of degree d,
 *
 * <pre>
 *   F_ρ ∘ Step(c^(1−d) η/ρ, ε/c, 1) ∘ S_c = S_(c/ρ) ∘ Step(η, ε, ρ)
 * </pre>
 *
 * which is the induction step of {@link explr.conversion.FollowingBuffers}.
 *
 * @param optimizer with decoupled decay
 * @param rows of the matrix of weights
 */
public record OptimizerSteps(Optimizer optimizer, int rows) {

  /** Refuses an optimizer whose decay is part of the gradient. */
  public OptimizerSteps {
    if (!optimizer.decoupled()) {
      throw new IllegalArgumentException(
          optimizer + " has its decay in the gradient; MomentumSgd takes its steps");
    }
  }

  /** Weights with empty buffers. */
  public OptimizerState start(double... weights) {
    return OptimizerState.of(weights, optimizer.bufferDegrees().size());
  }

  /** S_c. */
  public StateMap<OptimizerState> scaling(double c) {
    return s ->
        new OptimizerState(Vectors.scaled(c, s.weights()), s.buffers(), s.betaProducts())
            .withBuffersTimes(factors(c));
  }

  /** F_ρ. */
  public StateMap<OptimizerState> following(double rho) {
    return s -> s.withBuffersTimes(factors(1 / rho));
  }

  /** c to the power of each buffer's degree. */
  private List<Double> factors(double c) {
    return optimizer.bufferDegrees().stream().map(degree -> Math.pow(c, degree)).toList();
  }

  /**
   * A step.
   *
   * @param loss L_t
   * @param learningRate η
   * @param momentum γ or β₁
   * @param iteration t, for an optimizer's own schedules
   * @param epsilonFactor what ε is multiplied by
   * @param rho what decay leaves of the weights
   */
  public StateMap<OptimizerState> step(
      ScaleInvariantLoss loss,
      double learningRate,
      double momentum,
      long iteration,
      double epsilonFactor,
      double rho) {
    return s -> {
      double[] gradient = loss.gradient(s.weights());
      Moved moved = move(s, gradient, momentum, iteration, epsilonFactor);
      double[] kept = Vectors.scaled(rho, s.weights());
      return new OptimizerState(
          Vectors.plus(kept, -learningRate, moved.step), moved.buffers, moved.betaProducts);
    };
  }

  private record Moved(double[] step, List<double[]> buffers, double[] betaProducts) {}

  private Moved move(
      OptimizerState s, double[] gradient, double momentum, long iteration, double epsilonFactor) {
    double[] buffer = s.buffers().get(0);
    if (optimizer instanceof Optimizer.AdamW adam) {
      return adam(adam, s, gradient, momentum, iteration, epsilonFactor);
    } else if (optimizer instanceof Optimizer.Lion lion) {
      double beta2 = Optimizer.beta2(lion.beta2(), iteration);
      double[] step = signs(mean(momentum, buffer, gradient));
      return new Moved(step, List.of(mean(beta2, buffer, gradient)), s.betaProducts());
    }
    double[] next = Vectors.plus(gradient, momentum, buffer);
    double[] step = next;
    if (optimizer instanceof Optimizer.SignSgd) {
      step = signs(next);
    } else if (optimizer instanceof Optimizer.Muon muon) {
      double[] matrix = muon.nesterov() ? Vectors.plus(gradient, momentum, next) : next;
      step = Orthogonalization.of(matrix, rows, muon.epsilon() * epsilonFactor);
    }
    return new Moved(step, List.of(next), s.betaProducts());
  }

  private static Moved adam(
      Optimizer.AdamW adam,
      OptimizerState s,
      double[] gradient,
      double beta1,
      long iteration,
      double epsilonFactor) {
    double beta2 = Optimizer.beta2(adam.beta2(), iteration);
    double[] squares = new double[gradient.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = gradient[i] * gradient[i];
    }
    double[] m = mean(beta1, s.buffers().get(0), gradient);
    double[] v = mean(beta2, s.buffers().get(1), squares);
    double[] products = {s.betaProducts()[0] * beta1, s.betaProducts()[1] * beta2};
    double[] step = new double[m.length];
    for (int i = 0; i < step.length; i++) {
      double root = Math.sqrt(v[i] / (1 - products[1])) + adam.epsilon() * epsilonFactor;
      step[i] = m[i] / (1 - products[0]) / root;
    }
    return new Moved(step, List.of(m, v), products);
  }

  /** βa + (1 − β)b. */
  private static double[] mean(double beta, double[] a, double[] b) {
    return Vectors.plus(Vectors.scaled(beta, a), 1 - beta, b);
  }

  private static double[] signs(double[] a) {
    double[] signs = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      signs[i] = Math.signum(a[i]);
    }
    return signs;
  }

  /**
   * The states of a run before each step and after the last, T + 1 in all.
   *
   * @param rates η, λ, γ, what buffers are multiplied by before each step, and P, by which ε is
   *     divided
   */
  public List<OptimizerState> run(OptimizerState initial, LossSequence losses, Rates rates) {
    List<OptimizerState> states = new ArrayList<>();
    OptimizerState state = initial;
    states.add(state);
    for (long t = 0; t < rates.iterations(); t++) {
      double rate = rates.learningRate(t);
      state =
          step(
                  losses.at(t),
                  rate,
                  rates.momentum(t),
                  t,
                  Math.exp(-rates.logScale(t)),
                  1 - rate * rates.weightDecay(t))
              .after(following(rates.bufferFactor(t)))
              .apply(state);
      states.add(state);
    }
    return states;
  }

  /**
   * The states of AdamW's twin: Adam without decay, with smaller β, buffers that are not scaled,
   * and its usual bias corrections.
   *
   * @param adam its hyperparameters at each step
   * @param initial with two empty buffers
   */
  public static List<OptimizerState> run(
      OptimizerState initial, LossSequence losses, SmallerBetas adam) {
    // ε changes from step to step: 1 times a factor.
    OptimizerSteps steps = new OptimizerSteps(Optimizer.AdamW.of(adam.beta2(), 1), 1);
    List<OptimizerState> states = new ArrayList<>();
    OptimizerState state = initial;
    states.add(state);
    for (long t = 0; t < adam.iterations(); t++) {
      double rate = Math.exp(adam.logLearningRateWithBiasCorrection(t));
      double epsilon = Math.exp(adam.logEpsilonWithBiasCorrection(t));
      state = steps.step(losses.at(t), rate, adam.beta1(), t, epsilon, 1).apply(state);
      states.add(state);
    }
    return states;
  }
}
