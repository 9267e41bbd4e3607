package explr.theory;

import java.util.List;

/**
 * What a run of the toy did, as numbers over its iterations.
 *
 * @param states before each step and after the last, T + 1 in all, as {@link MomentumSgd#run} gives
 *     them
 */
public record Trajectory(List<ToyState> states) {

  /** Refuses a run without a start. */
  public Trajectory {
    states = List.copyOf(states);
    if (states.isEmpty()) {
      throw new IllegalArgumentException("a trajectory has at least the state that it starts from");
    }
  }

  /** The weights of a run of any optimizer, as {@link OptimizerSteps#run} gives it. */
  public static Trajectory ofWeights(List<OptimizerState> states) {
    return new Trajectory(states.stream().map(state -> ToyState.of(state.weights())).toList());
  }

  /** The state after the last step. */
  public ToyState last() {
    return states.get(states.size() - 1);
  }

  /** R_t = |θ_t|², t = 0 … T. */
  public double[] squaredNorms() {
    return states.stream().mapToDouble(state -> state.norm() * state.norm()).toArray();
  }

  /** D_t = |θ_{t+1} − θ_t|², t = 0 … T − 1. */
  public double[] squaredSteps() {
    double[] steps = new double[states.size() - 1];
    for (int t = 0; t < steps.length; t++) {
      double[] step = Vectors.plus(states.get(t + 1).weights(), -1, states.get(t).weights());
      steps[t] = Vectors.dot(step, step);
    }
    return steps;
  }

  /** The angle in radians by which step t = 0 … T − 1 turns the weights. */
  public double[] angles() {
    double[] angles = new double[states.size() - 1];
    for (int t = 0; t < angles.length; t++) {
      // From the chord: the cosine of a small angle has lost half of its digits.
      angles[t] = 2 * Math.asin(Math.min(1, states.get(t).distance(states.get(t + 1)) / 2));
    }
    return angles;
  }

  /**
   * How far the directions of two runs are apart, t = 0 … T, as {@link ToyState#distance}.
   *
   * @param other of the same length
   */
  public double[] distances(Trajectory other) {
    if (states.size() != other.states.size()) {
      throw new IllegalArgumentException(
          "runs are compared state by state; these have %d and %d states"
              .formatted(states.size(), other.states.size()));
    }
    double[] distances = new double[states.size()];
    for (int t = 0; t < distances.length; t++) {
      distances[t] = states.get(t).distance(other.states.get(t));
    }
    return distances;
  }
}
