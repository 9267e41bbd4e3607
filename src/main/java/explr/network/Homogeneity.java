package explr.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The certificate of scale invariance: the degree of homogeneity of every node of an architecture,
 * which is the power of c by which its output grows when all trainable weights are multiplied by c
 * (Li &amp; Arora 2020, Definition E.1, Table 1, Theorem E.3).
 *
 * <p>The rules:
 *
 * <table>
 * <caption>Degree of a module's output by the degree x of its input</caption>
 * <tr><td>input</td><td>0</td></tr>
 * <tr><td>trainable convolution or linear layer</td><td>x → x + 1</td></tr>
 * <tr><td>trainable bias</td><td>1 → 1, else none</td></tr>
 * <tr><td>sum</td><td>(x, x) → x, else none</td></tr>
 * <tr><td>normalisation</td><td>x → 0; with trainable affine part x → 1</td></tr>
 * <tr><td>ReLU, pooling, fixed linear layer</td><td>x → x</td></tr>
 * </table>
 *
 * A bias that only batch or instance normalisations read, directly or through pooling, has no
 * effect and is passed over ({@link Architecture#cancelled}, Remark E.2).
 *
 * <p>The certificate is sufficient, not necessary: a network without it may be scale invariant all
 * the same.
 *
 * @param architecture what it is about
 * @param degrees for each node in topological order; empty where there is none
 * @param flaw the first node that breaks the rules, and why; empty if certified
 */
public record Homogeneity(
    Architecture architecture, List<OptionalInt> degrees, Optional<Flaw> flaw) {

  /**
   * Why a network is not certified.
   *
   * @param node the first node, in topological order, that has no degree; if all have one, the
   *     module that gives the output another degree than 0
   * @param reason as a clause that can follow the node's name
   */
  public record Flaw(Node node, String reason) {}

  /** Keeps the list from being changed. */
  public Homogeneity {
    degrees = List.copyOf(degrees);
  }

  /** Walks through the graph in topological order. */
  public static Homogeneity of(Architecture architecture) {
    List<OptionalInt> degrees = new ArrayList<>();
    Optional<Flaw> flaw = Optional.empty();
    for (Node node : architecture.nodes()) {
      List<OptionalInt> inputs = node.inputs().stream().map(degrees::get).toList();
      if (!inputs.stream().allMatch(OptionalInt::isPresent)) {
        degrees.add(OptionalInt.empty());
        continue;
      }
      List<Integer> known = inputs.stream().map(OptionalInt::getAsInt).toList();
      Optional<String> refusal = refusal(architecture, node, known);
      degrees.add(
          refusal.isEmpty() ? OptionalInt.of(degree(node.layer(), known)) : OptionalInt.empty());
      if (flaw.isEmpty()) {
        flaw = refusal.map(reason -> new Flaw(node, reason));
      }
    }
    if (flaw.isEmpty() && degrees.get(degrees.size() - 1).getAsInt() != 0) {
      flaw = Optional.of(atOutput(architecture, degrees.get(degrees.size() - 1).getAsInt()));
    }
    return new Homogeneity(architecture, degrees, flaw);
  }

  private static Flaw atOutput(Architecture architecture, int degree) {
    Node node = architecture.output();
    while (node.layer().neutral()) {
      node = architecture.nodes().get(node.inputs().get(0));
    }
    return new Flaw(
        node,
        "leaves the output with degree %d, not 0, as no normalisation follows".formatted(degree));
  }

  private static Optional<String> refusal(
      Architecture architecture, Node node, List<Integer> inputs) {
    if (node.layer() instanceof Layer.Add && !inputs.get(0).equals(inputs.get(1))) {
      return Optional.of("adds degrees %d and %d".formatted(inputs.get(0), inputs.get(1)));
    }
    if (node.layer() instanceof Layer.Bias && inputs.get(0) != 1 && !architecture.cancelled(node)) {
      return Optional.of(
          "adds a trainable bias, of degree 1, to degree %d".formatted(inputs.get(0)));
    }
    return Optional.empty();
  }

  private static int degree(Layer layer, List<Integer> inputs) {
    if (layer instanceof Layer.Input) {
      return 0;
    }
    if (layer instanceof Layer.Normalization norm) {
      return norm.layer().affine() ? 1 : 0;
    }
    boolean multiplies =
        layer instanceof Layer.Convolution || layer instanceof Layer.Linear && !layer.neutral();
    return inputs.get(0) + (multiplies ? 1 : 0);
  }

  /** Whether the output is certain not to change when all trainable weights are scaled. */
  public boolean scaleInvariant() {
    return flaw.isEmpty();
  }

  /** The degree of a node's output; empty where it has none. */
  public OptionalInt degree(Node node) {
    return degrees.get(node.index());
  }

  /**
   * The degree of what each normalisation reads, in topological order: the power of the scale by
   * which its running mean has to follow, and, twice, its running variance and its ε.
   *
   * @throws IllegalArgumentException with {@link #verdict} if one of them has no degree
   */
  public int[] normalizedDegrees() {
    return architecture.normalizations().stream()
        .map(node -> degrees.get(node.inputs().get(0)))
        .mapToInt(degree -> degree.orElseThrow(() -> new IllegalArgumentException(verdict())))
        .toArray();
  }

  /** One sentence: certified, or the flaw. */
  public String verdict() {
    return architecture.name()
        + flaw.map(
                at ->
                    " is not certified scale invariant: %s %s"
                        .formatted(at.node().name(), at.reason()))
            .orElse(" is scale invariant");
  }
}
