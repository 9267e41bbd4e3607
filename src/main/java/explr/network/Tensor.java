package explr.network;

import java.util.List;

/**
 * A named stretch of a flat array.
 *
 * @param name the name of the node it belongs to, for a normalisation's affine part with {@code
 *     .scale} or {@code .bias} behind it
 * @param role what it does in its node
 * @param shape of the tensor
 * @param offset where it starts in the flat array, in elements
 */
public record Tensor(String name, Role role, List<Integer> shape, int offset) {

  /** What a tensor does in its node. */
  public enum Role {
    /** A convolution's weights. */
    KERNEL,
    /** A linear layer's weights. */
    MATRIX,
    /** The factor of each channel behind a normalisation. */
    SCALE,
    /** What is added to each channel. */
    BIAS,
    /** Mean or variance of each channel. */
    STATISTIC
  }

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
