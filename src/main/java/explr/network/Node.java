package explr.network;

import java.util.List;

/**
 * A module at its place in an architecture.
 *
 * @param index its position in topological order
 * @param name unique in the architecture, hierarchical: {@code stage1.block2.conv1}
 * @param module what it computes
 * @param inputs the indices of the nodes it reads
 * @param shape the shape of its output without the batch: {@code (channel, height, width)} or
 *     {@code (feature)}
 */
public record Node(int index, String name, Layer layer, List<Integer> inputs, List<Integer> shape) {

  /** Keeps the lists from being changed. */
  public Node {
    inputs = List.copyOf(inputs);
    shape = List.copyOf(shape);
  }

  /** The number of channels (or features) of the output. */
  public int channels() {
    return shape.get(0);
  }
}
