package explr.optimizer;

/**
 * Muon's approximation of the orthogonal matrix that is nearest to a given one: five iterations of
 * Newton and Schulz (Jordan et al. 2024).
 *
 * <pre>
 *   X = M / (|M| + ε),   X ← aX + (bA + cA²)X,   A = XXᵀ,   five times
 * </pre>
 *
 * with (a, b, c) = (3.4445, −4.775, 2.0315), which brings all singular values between 0.7 and 1.2.
 * Only the division sees the size of M: with ε / c the result for M / c is that for M.
 */
public final class Orthogonalization {

  /** a. */
  public static final double A = 3.4445;

  /** b. */
  public static final double B = -4.775;

  /** c. */
  public static final double C = 2.0315;

  /** The number of iterations. */
  public static final int ITERATIONS = 5;

  private Orthogonalization() {}

  /**
   * The orthogonalised matrix.
   *
   * @param matrix in the order of its rows
   * @param rows of it
   * @param epsilon ε ≥ 0
   */
  public static double[] of(double[] matrix, int rows, double epsilon) {
    int columns = matrix.length / rows;
    if (rows > columns) {
      return transposed(of(transposed(matrix, rows), columns, epsilon), columns);
    }
    double norm = 0;
    for (double entry : matrix) {
      norm = Math.hypot(norm, entry);
    }
    double[] x = new double[matrix.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = norm == 0 ? 0 : matrix[i] / (norm + epsilon);
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] square = timesTransposed(x, rows);
      double[] fourth = times(square, square, rows);
      for (int i = 0; i < square.length; i++) {
        square[i] = B * square[i] + C * fourth[i];
      }
      double[] moved = times(square, x, rows);
      for (int i = 0; i < x.length; i++) {
        x[i] = A * x[i] + moved[i];
      }
    }
    return x;
  }

  /** XXᵀ. */
  private static double[] timesTransposed(double[] x, int rows) {
    return times(x, transposed(x, rows), rows);
  }

  /** The product of two matrices, the left with so many rows. */
  private static double[] times(double[] left, double[] right, int rows) {
    int inner = left.length / rows;
    int columns = right.length / inner;
    double[] product = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        for (int j = 0; j < columns; j++) {
          product[i * columns + j] += left[i * inner + k] * right[k * columns + j];
        }
      }
    }
    return product;
  }

  private static double[] transposed(double[] matrix, int rows) {
    int columns = matrix.length / rows;
    double[] result = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = matrix[i * columns + j];
      }
    }
    return result;
  }
}
