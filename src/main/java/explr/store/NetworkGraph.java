package explr.store;

import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Node;
import explr.network.NormLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An architecture as fields of an {@link Identity}: a list of its nodes in their order, each with
 * its name, the kind of its layer, the layer's numbers, and the names of the nodes that it reads.
 *
 * <p>Every word is written here and nowhere else. Renaming a class or a component of a record
 * changes none, so that runs keep their addresses.
 */
final class NetworkGraph {

  private NetworkGraph() {}

  /** The nodes of an architecture. */
  static List<Map<String, Object>> of(Architecture architecture) {
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", node.name());
      fields.put(
          "inputs",
          node.inputs().stream().map(index -> architecture.nodes().get(index).name()).toList());
      fields.putAll(of(node.layer()));
      nodes.add(fields);
    }
    return nodes;
  }

  private static Map<String, Object> of(Layer layer) {
    if (layer instanceof Layer.Input input) {
      return Map.of(
          "layer",
          "input",
          "channels",
          input.channels(),
          "height",
          input.height(),
          "width",
          input.width());
    }
    if (layer instanceof Layer.Convolution convolution) {
      return Map.of(
          "layer",
          "convolution",
          "input_channels",
          convolution.inputChannels(),
          "output_channels",
          convolution.outputChannels(),
          "kernel",
          convolution.kernel(),
          "stride",
          convolution.stride());
    }
    if (layer instanceof Layer.Linear linear) {
      return Map.of(
          "layer",
          "linear",
          "input_features",
          linear.inputs(),
          "output_features",
          linear.outputs(),
          "trainable",
          linear.trainable());
    }
    if (layer instanceof Layer.Normalization normalization) {
      return of(normalization);
    }
    if (layer instanceof Layer.Bias bias) {
      return Map.of("layer", "bias", "channels", bias.channels());
    }
    if (layer instanceof Layer.MaxPool pool) {
      return Map.of("layer", "max_pool", "size", pool.size());
    }
    if (layer instanceof Layer.AveragePool pool) {
      return Map.of("layer", "average_pool", "size", pool.size());
    }
    return Map.of("layer", withoutNumbers(layer));
  }

  private static Map<String, Object> of(Layer.Normalization normalization) {
    NormLayer norm = normalization.layer();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("layer", "normalization");
    fields.put("over", over(norm.kind()));
    if (norm.kind() == NormLayer.Kind.GROUP) {
      fields.put("groups", norm.groups());
    }
    fields.put("affine", norm.affine());
    fields.put("channels", normalization.channels());
    return fields;
  }

  private static String over(NormLayer.Kind kind) {
    return switch (kind) {
      case BATCH -> "batch";
      case GROUP -> "group";
      case LAYER -> "layer";
      case INSTANCE -> "instance";
    };
  }

  private static String withoutNumbers(Layer layer) {
    if (layer instanceof Layer.Add) {
      return "add";
    }
    if (layer instanceof Layer.Relu) {
      return "relu";
    }
    if (layer instanceof Layer.GlobalAveragePool) {
      return "global_average_pool";
    }
    if (layer instanceof Layer.Flatten) {
      return "flatten";
    }
    throw new IllegalStateException("NetworkGraph lacks the fields of the layer " + layer);
  }
}
