package explr.theory;

import java.util.ArrayList;
import java.util.List;

/**
 * The weights and the buffers of an optimizer between two steps, with what its bias corrections
 * need.
 *
 * <p>Immutable by convention: no function here changes the arrays of a state.
 *
 * @param weights θ, a matrix in the order of its rows
 * @param buffers in the optimizer's order, each as long as the weights
 * @param betaProducts Π β₁ and Π β₂ over the steps so far
 */
public record OptimizerState(double[] weights, List<double[]> buffers, double[] betaProducts) {

  /** Copies the list. */
  public OptimizerState {
    buffers = List.copyOf(buffers);
  }

  /** Weights with so many empty buffers. */
  static OptimizerState of(double[] weights, int buffers) {
    List<double[]> empty = new ArrayList<>();
    for (int i = 0; i < buffers; i++) {
      empty.add(new double[weights.length]);
    }
    return new OptimizerState(weights, empty, new double[] {1, 1});
  }

  /** θ/|θ|. */
  public double[] direction() {
    return Vectors.scaled(1 / Vectors.norm(weights), weights);
  }

  /** The same with each buffer multiplied by a factor of its own. */
  OptimizerState withBuffersTimes(List<Double> factors) {
    List<double[]> scaled = new ArrayList<>();
    for (int i = 0; i < buffers.size(); i++) {
      scaled.add(Vectors.scaled(factors.get(i), buffers.get(i)));
    }
    return new OptimizerState(weights, scaled, betaProducts);
  }
}
