package explr.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import explr.network.Layout;
import explr.network.Tensor;
import explr.optimizer.Optimizer;
import explr.optimizer.Orthogonalization;
import explr.schedule.Rates;
import java.util.List;

/**
 * Muon's direction: m ← γm + g, u = the {@link Orthogonalization} of m, or of g + γm, for each
 * tensor as a matrix with one row for each output. The order of a row's entries does not matter.
 *
 * @param optimizer its form and ε
 * @param tensors of the weights
 */
record MuonDirection(Optimizer.Muon optimizer, List<Tensor> tensors) implements Direction {

  static MuonDirection of(Optimizer.Muon optimizer, Layout layout) {
    for (Tensor tensor : layout.trainable()) {
      if (tensor.shape().size() < 2) {
        throw new IllegalArgumentException(
            "Muon trains matrices, and %s is a vector; leave out the affine parts"
                .formatted(tensor.name()));
      }
    }
    return new MuonDirection(optimizer, layout.trainable());
  }

  @Override
  public int count() {
    return 2;
  }

  @Override
  public double[] numbers(Rates rates, long t, int scaleExponent) {
    double epsilon = optimizer.epsilon() * Math.exp(-rates.logScale(t));
    return new double[] {rates.momentum(t), Math.scalb(epsilon, -scaleExponent)};
  }

  @Override
  public NDArray of(NDArray gradient, List<NDArray> buffers, List<Factor> factors) {
    NDArray buffer = buffers.get(0);
    factors.get(0).multiply(buffer);
    buffer.addi(gradient);
    if (!optimizer.nesterov()) {
      return orthogonalized(buffer, factors.get(1));
    }
    try (NDArray ahead = factors.get(0).times(buffer)) {
      ahead.addi(gradient);
      return orthogonalized(ahead, factors.get(1));
    }
  }

  private NDArray orthogonalized(NDArray flat, Factor epsilon) {
    NDList parts = new NDList();
    for (Tensor tensor : tensors) {
      int rows = tensor.shape().get(0);
      try (NDArray part = flat.get("{}:{}", tensor.offset(), tensor.end());
          NDArray matrix = part.reshape(new Shape(rows, tensor.size() / rows));
          NDArray moved = orthogonalizedMatrix(matrix, epsilon)) {
        parts.add(moved.reshape(-1));
      }
    }
    try (parts) {
      return NDArrays.concat(parts, 0);
    }
  }

  private static NDArray orthogonalizedMatrix(NDArray matrix, Factor epsilon) {
    boolean tall = matrix.getShape().get(0) > matrix.getShape().get(1);
    if (tall) {
      try (NDArray wide = matrix.transpose();
          NDArray result = iterated(wide, epsilon)) {
        return result.transpose().duplicate();
      }
    }
    return iterated(matrix, epsilon);
  }

  private static NDArray iterated(NDArray matrix, Factor epsilon) {
    NDArray x;
    try (NDArray squares = matrix.square();
        NDArray sum = squares.sum();
        NDArray one = sum.reshape(1);
        NDArray norm = one.sqrt()) {
      epsilon.addTo(norm);
      x = matrix.div(norm);
    }
    for (int i = 0; i < Orthogonalization.ITERATIONS; i++) {
      try (NDArray last = x;
          NDArray transposed = last.transpose();
          NDArray square = last.matMul(transposed);
          NDArray fourth = square.matMul(square)) {
        square.muli(Orthogonalization.B);
        fourth.muli(Orthogonalization.C);
        square.addi(fourth);
        x = square.matMul(last);
        try (NDArray kept = last.mul(Orthogonalization.A)) {
          x.addi(kept);
        }
      }
    }
    return x;
  }
}
