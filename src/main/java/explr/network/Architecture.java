package explr.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network as a directed acyclic graph of modules, in topological order; the last node is the
 * output.
 *
 * <p>Build one with {@link #builder}:
 *
 * <pre>{@code
 * var net = Architecture.builder("two layers");
 * var x = net.input(3, 32, 32);
 * x = net.relu(net.batchNormalization("norm", net.convolution("conv", x, 16, 3, 1)));
 * x = net.fixedLinear("classifier", net.globalAveragePool(x), 10);
 * var architecture = net.build();
 * }</pre>
 *
 * @param name as shown to a reader
 * @param nodes in topological order
 */
public record Architecture(String name, List<Node> nodes) {

  /** Keeps the list from being changed and refuses an empty graph. */
  public Architecture {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty() || !(nodes.get(0).module() instanceof Module.Input)) {
      throw new IllegalArgumentException(
          "an architecture starts with its input; '" + name + "' does not");
    }
  }

  /** Starts an empty architecture. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** The images that the network reads. */
  public Module.Input input() {
    return (Module.Input) nodes.get(0).module();
  }

  /** The last node. */
  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /** Adds nodes one by one; each method returns the node it added. */
  public static final class Builder {
    private final String name;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Builder(String name) {
      this.name = name;
    }

    /** The images; the first call of every architecture. */
    public Node input(int channels, int height, int width) {
      if (!nodes.isEmpty()) {
        throw new IllegalStateException("'" + name + "' has its input already");
      }
      return add(
          "input", new Module.Input(channels, height, width), List.of(channels, height, width));
    }

    /** A trainable convolution with padding kernel / 2. */
    public Node convolution(String name, Node from, int channels, int kernel, int stride) {
      if (from.shape().size() != 3 || channels < 1 || kernel < 1 || kernel % 2 == 0 || stride < 1) {
        throw new IllegalArgumentException(
            "convolution '%s' of %s to %d channels, kernel %d, stride %d: needs images, and an odd kernel"
                .formatted(name, from.shape(), channels, kernel, stride));
      }
      int height = (from.shape().get(1) - 1) / stride + 1;
      int width = (from.shape().get(2) - 1) / stride + 1;
      return add(
          name,
          new Module.Convolution(from.channels(), channels, kernel, stride),
          List.of(channels, height, width),
          from);
    }

    /** A linear layer that is trained. */
    public Node linear(String name, Node from, int outputs) {
      return linear(name, from, outputs, true);
    }

    /** A linear layer that stays at its random start. */
    public Node fixedLinear(String name, Node from, int outputs) {
      return linear(name, from, outputs, false);
    }

    private Node linear(String name, Node from, int outputs, boolean trainable) {
      if (from.shape().size() != 1 || outputs < 1) {
        throw new IllegalArgumentException(
            "linear layer '%s' of %s to %d outputs: pool or flatten images first"
                .formatted(name, from.shape(), outputs));
      }
      return add(
          name, new Module.Linear(from.channels(), outputs, trainable), List.of(outputs), from);
    }

    /** The sum of two nodes of the same shape. */
    public Node add(String name, Node left, Node right) {
      if (!left.shape().equals(right.shape())) {
        throw new IllegalArgumentException(
            "'%s' adds %s (%s) and %s (%s): the shapes differ"
                .formatted(name, left.name(), left.shape(), right.name(), right.shape()));
      }
      return add(name, new Module.Add(), left.shape(), left, right);
    }

    /** Batch normalisation with scale and bias fixed at 1 and 0. */
    public Node batchNormalization(String name, Node from) {
      return add(name, new Module.BatchNormalization(from.channels()), from.shape(), from);
    }

    /** ReLU. */
    public Node relu(Node from) {
      return add(from.name() + ".relu", new Module.Relu(), from.shape(), from);
    }

    /** The mean over height and width. */
    public Node globalAveragePool(Node from) {
      return add(
          from.name() + ".pool", new Module.GlobalAveragePool(), List.of(from.channels()), from);
    }

    /** The finished architecture; its output is the node added last. */
    public Architecture build() {
      return new Architecture(name, nodes);
    }

    private Node add(String name, Module module, List<Integer> shape, Node... inputs) {
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "'" + this.name + "' has two nodes named '" + name + "'");
      }
      List<Integer> indices = new ArrayList<>();
      for (Node input : inputs) {
        indices.add(input.index());
      }
      Node node = new Node(nodes.size(), name, module, indices, shape);
      nodes.add(node);
      return node;
    }
  }
}
