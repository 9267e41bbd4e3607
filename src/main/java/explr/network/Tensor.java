package explr.network;

import java.util.List;

/**
 * A named stretch of a flat array.
 *
 * @param name the name of the node it belongs to
 * @param shape of the tensor
 * @param offset where it starts in the flat array, in elements
 */
public record Tensor(String name, List<Integer> shape, int offset) {

  /** Keeps the shape from being changed. */
  public Tensor {
    shape = List.copyOf(shape);
  }

  /** The number of elements. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The offset of the first element behind this tensor. */
  public int end() {
    return offset + size();
  }
}
