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
    if (nodes.isEmpty() || !(nodes.get(0).layer() instanceof Layer.Input)) {
      throw new IllegalArgumentException(
          "an architecture starts with its input; '" + name + "' does not");
    }
  }

  /** Starts an empty architecture. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** The images that the network reads. */
  public Layer.Input input() {
    return (Layer.Input) nodes.get(0).layer();
  }

  /** The last node. */
  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /** The normalisations, in topological order. */
  public List<Node> normalizations() {
    return nodes.stream().filter(node -> node.layer() instanceof Layer.Normalization).toList();
  }

  /** The nodes that read a node. */
  public List<Node> readersOf(Node node) {
    return nodes.stream().filter(other -> other.inputs().contains(node.index())).toList();
  }

  /**
   * Whether a node is a bias that everything behind it subtracts again, as batch and instance
   * normalisation do (Li &amp; Arora 2020, Remark E.2). Pooling and flattening hand on what was
   * added to a channel; a ReLU does not. Such a bias is no part of what is computed: networks pass
   * it over, so that running means have the degree of what is normalised, too.
   */
  public boolean cancelled(Node node) {
    return node.layer() instanceof Layer.Bias && subtracted(node);
  }

  private boolean subtracted(Node node) {
    List<Node> readers = readersOf(node);
    return !readers.isEmpty()
        && readers.stream()
            .allMatch(
                reader ->
                    reader.layer() instanceof Layer.Normalization norm
                        ? norm.layer().centersEachChannel(norm.channels())
                        : handsOnShifts(reader.layer()) && subtracted(reader));
  }

  private static boolean handsOnShifts(Layer layer) {
    return layer instanceof Layer.MaxPool
        || layer instanceof Layer.AveragePool
        || layer instanceof Layer.GlobalAveragePool
        || layer instanceof Layer.Flatten;
  }

  /**
   * Adds nodes one by one; each method returns the node it added. Names are unique; those of
   * modules without weights are made from the name of the node they read.
   */
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
      if (channels < 1 || height < 1 || width < 1) {
        throw new IllegalArgumentException(
            "images of %d channels, %d × %d pixels: each must be at least 1"
                .formatted(channels, height, width));
      }
      return add(
          "input", new Layer.Input(channels, height, width), List.of(channels, height, width));
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
          new Layer.Convolution(from.channels(), channels, kernel, stride),
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
          name, new Layer.Linear(from.channels(), outputs, trainable), List.of(outputs), from);
    }

    /** A trainable number for each channel, added to it. */
    public Node bias(String name, Node from) {
      return add(name, new Layer.Bias(from.channels()), from.shape(), from);
    }

    /** The sum of two nodes of the same shape. */
    public Node add(String name, Node left, Node right) {
      if (!left.shape().equals(right.shape())) {
        throw new IllegalArgumentException(
            "'%s' adds %s (%s) and %s (%s): the shapes differ"
                .formatted(name, left.name(), left.shape(), right.name(), right.shape()));
      }
      return add(name, new Layer.Add(), left.shape(), left, right);
    }

    /** Batch normalisation with scale and bias fixed at 1 and 0. */
    public Node batchNormalization(String name, Node from) {
      return normalization(name, from, NormLayer.batch());
    }

    /** A normalisation of any kind. */
    public Node normalization(String name, Node from, NormLayer layer) {
      boolean features = from.shape().size() == 1;
      if (layer.kind() == NormLayer.Kind.INSTANCE && features
          || layer.kind() == NormLayer.Kind.GROUP
              && layer.groups() == from.channels()
              && features) {
        throw new IllegalArgumentException(
            "'%s' would normalise each single number of %s to 0: features without positions need batch, layer or coarser group normalisation"
                .formatted(name, from.name()));
      }
      if (layer.kind() == NormLayer.Kind.GROUP && from.channels() % layer.groups() != 0) {
        throw new IllegalArgumentException(
            "'%s': %d channels cannot be divided into %d equal groups"
                .formatted(name, from.channels(), layer.groups()));
      }
      return add(name, new Layer.Normalization(layer, from.channels()), from.shape(), from);
    }

    /** ReLU. */
    public Node relu(Node from) {
      return add(from.name() + ".relu", new Layer.Relu(), from.shape(), from);
    }

    /** The mean over height and width. */
    public Node globalAveragePool(Node from) {
      if (from.shape().size() != 3) {
        throw new IllegalArgumentException(
            "%s of %s has no positions to take a mean over".formatted(from.name(), from.shape()));
      }
      return add(
          from.name() + ".pool", new Layer.GlobalAveragePool(), List.of(from.channels()), from);
    }

    /** The maximum over squares of {@code size} × {@code size}, side by side. */
    public Node maxPool(Node from, int size) {
      return add(from.name() + ".pool", new Layer.MaxPool(size), pooled(from, size), from);
    }

    /** The mean over squares of {@code size} × {@code size}, side by side. */
    public Node averagePool(Node from, int size) {
      return add(from.name() + ".pool", new Layer.AveragePool(size), pooled(from, size), from);
    }

    private static List<Integer> pooled(Node from, int size) {
      List<Integer> shape = from.shape();
      if (shape.size() != 3 || size < 1 || shape.get(1) % size != 0 || shape.get(2) % size != 0) {
        throw new IllegalArgumentException(
            "%s of %s cannot be pooled in squares of %d × %d that fill it"
                .formatted(from.name(), shape, size, size));
      }
      return List.of(shape.get(0), shape.get(1) / size, shape.get(2) / size);
    }

    /** All values of an image in a row. */
    public Node flatten(Node from) {
      int values = from.shape().stream().reduce(1, Math::multiplyExact);
      return add(from.name() + ".flat", new Layer.Flatten(), List.of(values), from);
    }

    /** The finished architecture; its output is the node added last. */
    public Architecture build() {
      return new Architecture(name, nodes);
    }

    private Node add(String name, Layer layer, List<Integer> shape, Node... inputs) {
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "'" + this.name + "' has two nodes named '" + name + "'");
      }
      List<Integer> indices = new ArrayList<>();
      for (Node input : inputs) {
        if (input.index() >= nodes.size() || nodes.get(input.index()) != input) {
          throw new IllegalArgumentException(
              "'%s' reads %s, which is no node of '%s'".formatted(name, input.name(), this.name));
        }
        indices.add(input.index());
      }
      Node node = new Node(nodes.size(), name, layer, indices, shape);
      nodes.add(node);
      return node;
    }
  }
}
