package explr.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the numbers of a network lie in the flat arrays that hold them: all trainable weights in
 * one, all fixed weights in another, and the statistics of all normalisations, mean and variance of
 * each channel, in two of equal length.
 *
 * <p>Weights that lie side by side let the optimizer treat the network as the single vector θ that
 * the theory speaks of.
 *
 * @param trainable the weights that are trained, in topological order
 * @param fixed the weights that stay at their random start
 * @param statistics one entry for each batch normalisation
 */
public record Layout(List<Tensor> trainable, List<Tensor> fixed, List<Tensor> statistics) {

  /** What stands behind a normalisation's name in the name of its trainable factors. */
  public static final String SCALE = ".scale";

  /** What stands behind a normalisation's name in the name of its trainable biases. */
  public static final String BIAS = ".bias";

  /** Keeps the lists from being changed. */
  public Layout {
    trainable = List.copyOf(trainable);
    fixed = List.copyOf(fixed);
    statistics = List.copyOf(statistics);
  }

  /** The layout of an architecture's parameters and statistics. */
  public static Layout of(Architecture architecture) {
    List<Tensor> trainable = new ArrayList<>();
    List<Tensor> fixed = new ArrayList<>();
    List<Tensor> statistics = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      String name = node.name();
      if (node.layer() instanceof Layer.Convolution conv) {
        append(
            trainable,
            name,
            Tensor.Role.KERNEL,
            conv.outputChannels(),
            conv.inputChannels(),
            conv.kernel(),
            conv.kernel());
      } else if (node.layer() instanceof Layer.Linear linear) {
        append(
            linear.trainable() ? trainable : fixed,
            name,
            Tensor.Role.MATRIX,
            linear.outputs(),
            linear.inputs());
      } else if (node.layer() instanceof Layer.Bias bias) {
        append(trainable, name, Tensor.Role.BIAS, bias.channels());
      } else if (node.layer() instanceof Layer.Normalization norm) {
        if (norm.layer().affine()) {
          append(trainable, name + SCALE, Tensor.Role.SCALE, norm.channels());
          append(trainable, name + BIAS, Tensor.Role.BIAS, norm.channels());
        }
        if (norm.layer().kind() == NormLayer.Kind.BATCH) {
          append(statistics, name, Tensor.Role.STATISTIC, norm.channels());
        }
      }
    }
    return new Layout(trainable, fixed, statistics);
  }

  private static void append(List<Tensor> list, String name, Tensor.Role role, Integer... shape) {
    list.add(new Tensor(name, role, List.of(shape), length(list)));
  }

  /** The number of trainable weights. */
  public int weightCount() {
    return length(trainable);
  }

  /** The number of weights that stay fixed. */
  public int fixedCount() {
    return length(fixed);
  }

  /** The number of channels that have running statistics. */
  public int statisticCount() {
    return length(statistics);
  }

  /** The trainable tensor of a name. */
  public Tensor weight(String name) {
    return trainable.stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no trainable weight is named '%s'; there are %s"
                        .formatted(name, trainable.stream().map(Tensor::name).toList())));
  }

  private static int length(List<Tensor> list) {
    return list.isEmpty() ? 0 : list.get(list.size() - 1).end();
  }
}
