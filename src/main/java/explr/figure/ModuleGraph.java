package explr.figure;

import explr.figure.Style.Color;
import explr.network.Architecture;
import explr.network.Homogeneity;
import explr.network.Layer;
import explr.network.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is drawn of a network: its modules but the neutral ones, each with the degree of its output.
 *
 * @param heading over the drawing
 * @param vertices in topological order; the last one is the output
 */
record ModuleGraph(String heading, List<Vertex> vertices) {

  /** What a vertex stands for: its letter, its words in the legend, its looks. */
  enum Kind {
    INPUT("I", "input", "circle", Color.GRAY),
    LINEAR("L", "linear", "square", Color.BLUE),
    BIAS("B", "bias", "diamond", Color.ORANGE),
    SUM("+", "sum", "circle", Color.PURPLE),
    NORMALIZATION("N", "normalisation", "square", Color.GREEN),
    AFFINE("NA", "with affine part", "square", Color.GREEN),
    BLOCK("", "part of the network", "square", Color.BLUE),
    /** The vertex from which a row of a long drawing continues. */
    CONTINUED("…", "", "circle", Color.GRAY);

    final String letter;
    final String words;
    final String symbol;
    final Color color;

    Kind(String letter, String words, String symbol, Color color) {
      this.letter = letter;
      this.words = words;
      this.symbol = symbol;
      this.color = color;
    }
  }

  /**
   * A module, or several as one.
   *
   * @param kind what it is
   * @param letters on it
   * @param hover what the pointer shows
   * @param block the name of the block it lies in; empty outside of blocks
   * @param degree of its output; empty where it has none
   * @param flawed whether it is what breaks the rules
   * @param inputs the indices of the vertices that it reads
   */
  record Vertex(
      Kind kind,
      String letters,
      String hover,
      String block,
      String degree,
      boolean flawed,
      List<Integer> inputs) {}

  /** The name of what stands before the first block. */
  static final String START = "start";

  /**
   * Every module that is not neutral.
   *
   * @param whole whether it is a network, whose output must have degree 0
   */
  static ModuleGraph of(Homogeneity degrees, String heading, boolean whole) {
    Architecture architecture = degrees.architecture();
    Set<String> blocks = blocks(architecture);
    List<Vertex> vertices = new ArrayList<>();
    int[] drawnAs = new int[architecture.nodes().size()];
    for (Node node : architecture.nodes()) {
      List<Integer> inputs = node.inputs().stream().map(input -> drawnAs[input]).toList();
      if (node.layer().neutral()) {
        drawnAs[node.index()] = inputs.get(0);
        continue;
      }
      drawnAs[node.index()] = vertices.size();
      Kind kind = kind(node.layer());
      boolean flawed =
          degrees.flaw().filter(flaw -> flaw.node().equals(node)).isPresent()
              && (whole || degrees.degree(node).isEmpty());
      String degree =
          degrees.degree(node).isPresent()
              ? Integer.toString(degrees.degree(node).getAsInt())
              : flawed ? "F" : "";
      vertices.add(
          new Vertex(
              kind,
              kind.letter,
              hover(node, degree),
              block(node, blocks, vertices),
              degree,
              flawed,
              inputs));
    }
    return new ModuleGraph(heading, vertices);
  }

  /** The same graph with each block, and what stands before the first, as one vertex (Figure 9). */
  ModuleGraph collapsed() {
    List<Vertex> parts = new ArrayList<>();
    int[] partOf = new int[vertices.size()];
    for (int i = 0; i < vertices.size(); ) {
      Vertex first = vertices.get(i);
      int end = i + 1;
      while (!first.block.isEmpty()
          && end < vertices.size()
          && vertices.get(end).block.equals(first.block)) {
        end++;
      }
      Set<Integer> inputs = new LinkedHashSet<>();
      boolean flawed = false;
      int linear = 0;
      for (int j = i; j < end; j++) {
        partOf[j] = parts.size();
        vertices.get(j).inputs.stream().map(input -> partOf[input]).forEach(inputs::add);
        flawed |= vertices.get(j).flawed;
        linear += vertices.get(j).kind == Kind.LINEAR ? 1 : 0;
      }
      inputs.remove(parts.size());
      Vertex last = vertices.get(end - 1);
      boolean whole = first.block.isEmpty();
      parts.add(
          new Vertex(
              whole ? first.kind : Kind.BLOCK,
              whole ? first.letters : letters(first.block, linear),
              whole ? first.hover : first.block,
              "",
              last.degree,
              flawed,
              List.copyOf(inputs)));
      i = end;
    }
    return new ModuleGraph(heading, parts);
  }

  /** As in Figure 9; a block with downsampling has a third linear layer, in its shortcut. */
  private static String letters(String block, int linear) {
    return block.equals(START) ? "S" : linear > 2 ? "D-Block" : "Block";
  }

  /** The names of blocks: what stands before the last dot in the name of a sum. */
  private static Set<String> blocks(Architecture architecture) {
    Set<String> blocks = new LinkedHashSet<>();
    for (Node node : architecture.nodes()) {
      int dot = node.name().lastIndexOf('.');
      if (node.layer() instanceof Layer.Add && dot > 0) {
        blocks.add(node.name().substring(0, dot));
      }
    }
    return blocks;
  }

  private static String block(Node node, Set<String> blocks, List<Vertex> before) {
    String own =
        blocks.stream().filter(block -> node.name().startsWith(block + ".")).findFirst().orElse("");
    boolean first = before.stream().allMatch(vertex -> vertex.block.equals(START));
    return own.isEmpty() && first && !blocks.isEmpty() ? START : own;
  }

  private static Kind kind(Layer layer) {
    if (layer instanceof Layer.Input) {
      return Kind.INPUT;
    }
    if (layer instanceof Layer.Bias) {
      return Kind.BIAS;
    }
    if (layer instanceof Layer.Add) {
      return Kind.SUM;
    }
    if (layer instanceof Layer.Normalization norm) {
      return norm.layer().affine() ? Kind.AFFINE : Kind.NORMALIZATION;
    }
    return Kind.LINEAR;
  }

  private static String words(Layer layer) {
    if (layer instanceof Layer.Convolution conv) {
      return "convolution %d × %d".formatted(conv.kernel(), conv.kernel())
          + (conv.stride() == 1 ? "" : ", stride " + conv.stride());
    }
    return layer instanceof Layer.Linear ? "linear layer" : kind(layer).words;
  }

  private static String hover(Node node, String degree) {
    return "<b>%s</b><br>%s<br>output %s, %s"
        .formatted(
            node.name(),
            node.layer() instanceof Layer.Normalization norm
                ? norm.layer() + " normalisation"
                : words(node.layer()),
            node.shape().stream().map(String::valueOf).reduce((a, b) -> a + " × " + b).orElse(""),
            degree.matches("\\d+") ? "of degree " + degree : "without a degree");
  }
}
