package explr.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The degree of homogeneity of every node of an architecture: how often the factor c appears in its
 * output when all trainable weights are multiplied by c (Li &amp; Arora 2020, Definition E.1, Table
 * 1, Theorem E.3).
 *
 * <p>The rules: input 0; trainable linear layer or convolution x → x + 1; fixed linear layer, ReLU
 * and pooling x → x; sum (x, x) → x; normalisation without affine part x → 0. A node whose inputs
 * fit no rule has no degree.
 *
 * @param degrees for each node in topological order; empty where there is none
 */
public record Homogeneity(List<OptionalInt> degrees) {

  /** Keeps the list from being changed. */
  public Homogeneity {
    degrees = List.copyOf(degrees);
  }

  /** Walks through the graph in topological order. */
  public static Homogeneity of(Architecture architecture) {
    List<OptionalInt> degrees = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      List<OptionalInt> inputs = node.inputs().stream().map(degrees::get).toList();
      degrees.add(
          inputs.stream().allMatch(OptionalInt::isPresent)
              ? degree(node.module(), inputs.stream().map(OptionalInt::getAsInt).toList())
              : OptionalInt.empty());
    }
    return new Homogeneity(degrees);
  }

  private static OptionalInt degree(Module module, List<Integer> inputs) {
    if (module instanceof Module.Input || module instanceof Module.BatchNormalization) {
      return OptionalInt.of(0);
    }
    if (module instanceof Module.Add && !inputs.get(0).equals(inputs.get(1))) {
      return OptionalInt.empty();
    }
    boolean trainable =
        module instanceof Module.Convolution
            || (module instanceof Module.Linear linear && linear.trainable());
    return OptionalInt.of(inputs.get(0) + (trainable ? 1 : 0));
  }

  /** Whether the output is certain not to change when all trainable weights are scaled. */
  public boolean scaleInvariant() {
    return degrees.stream().allMatch(OptionalInt::isPresent)
        && degrees.get(degrees.size() - 1).getAsInt() == 0;
  }
}
