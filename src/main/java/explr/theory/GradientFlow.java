package explr.theory;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient flow dθ/dτ = −∇L(θ) − λθ, with and without decay on the same path of directions.
 *
 * <p>Li &amp; Arora 2020, Appendix A, and the authors' second blog post: decay shrinks the norm by
 * e^(−λτ) and so speeds up the direction; after time τ with decay it is where the flow without is
 * after (e^(2λτ) − 1)/(2λ). The discrete runs are not so related, which is why the flow cannot
 * explain them.
 */
public final class GradientFlow {

  private GradientFlow() {}

  /**
   * The weights after some time, by the classical Runge–Kutta method: error of the order (time /
   * steps)⁴.
   *
   * @param loss L
   * @param start θ(0) ≠ 0
   * @param decay λ ≥ 0
   * @param time τ ≥ 0
   * @param steps ≥ 1
   */
  public static ToyState after(
      ScaleInvariantLoss loss, ToyState start, double decay, double time, int steps) {
    requireNonNegative(decay, time);
    if (steps < 1) {
      throw new IllegalArgumentException("the flow is followed in at least one step, not " + steps);
    }
    double[] weights = start.weights();
    double h = time / steps;
    for (int i = 0; i < steps; i++) {
      double[] k1 = velocity(loss, weights, decay);
      double[] k2 = velocity(loss, Vectors.plus(weights, h / 2, k1), decay);
      double[] k3 = velocity(loss, Vectors.plus(weights, h / 2, k2), decay);
      double[] k4 = velocity(loss, Vectors.plus(weights, h, k3), decay);
      weights = Vectors.plus(weights, h / 6, Vectors.plus(k1, 2, k2));
      weights = Vectors.plus(weights, h / 6, Vectors.plus(k4, 2, k3));
    }
    return ToyState.of(weights);
  }

  /**
   * The weights at the times 0, h, 2h, …, nh.
   *
   * @param loss L
   * @param start θ(0) ≠ 0
   * @param decay λ ≥ 0
   * @param interval h ≥ 0; the learning rate η for the times that a discrete run has reached
   * @param intervals n ≥ 0
   * @param steps of the method in each interval, ≥ 1
   */
  public static Trajectory path(
      ScaleInvariantLoss loss,
      ToyState start,
      double decay,
      double interval,
      int intervals,
      int steps) {
    List<ToyState> states = new ArrayList<>();
    states.add(start);
    for (int i = 0; i < intervals; i++) {
      states.add(after(loss, states.get(i), decay, interval, steps));
    }
    return new Trajectory(states);
  }

  /**
   * The time after which the flow without decay has the direction that the flow with decay has
   * after {@code time}: (e^(2λτ) − 1)/(2λ).
   *
   * @param decay λ ≥ 0
   * @param time τ ≥ 0
   */
  public static double timeWithoutDecay(double decay, double time) {
    requireNonNegative(decay, time);
    return decay == 0 ? time : Math.expm1(2 * decay * time) / (2 * decay);
  }

  private static void requireNonNegative(double decay, double time) {
    if (!(decay >= 0 && time >= 0)) {
      throw new IllegalArgumentException(
          "decay and time must be ≥ 0, not %s and %s".formatted(decay, time));
    }
  }

  private static double[] velocity(ScaleInvariantLoss loss, double[] weights, double decay) {
    return Vectors.plus(Vectors.scaled(-decay, weights), -1, loss.gradient(weights));
  }
}
