package explr.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Layout;
import explr.network.Node;
import explr.network.NormLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An architecture as MXNet's symbolic graph in its JSON form.
 *
 * <p>Networks of convolutions and batch normalisation without bias use only operators that keep
 * oneDNN's blocked layout (Convolution, BatchNorm, Activation, elemwise_add, mean over the image):
 * one operator outside it costs two conversions of the layout a layer, in all a fifth of the speed.
 * Biases and other normalisations leave it.
 */
final class MxGraph {

  static final String IMAGES = "images";
  static final String LABELS = "labels";
  static final String WEIGHT = ".weight";
  private final JsonArray nodes = new JsonArray();
  private final JsonArray variables = new JsonArray();
  private final double[] epsilons;
  private final boolean givenStatistics;

  private MxGraph(double[] epsilons, boolean givenStatistics) {
    this.epsilons = epsilons;
    this.givenStatistics = givenStatistics;
  }

  /** From images and labels to the mean cross entropy and the logits. */
  static String training(Architecture architecture, double[] epsilons) {
    MxGraph graph = new MxGraph(epsilons, false);
    int logits = graph.network(architecture);
    int logarithms = graph.add("log_softmax", "logarithms", Map.of("axis", "-1"), logits);
    int picked =
        graph.add("pick", "picked", Map.of("axis", "-1"), logarithms, graph.variable(LABELS));
    int negative = graph.add("negative", "negative", Map.of(), picked);
    int loss = graph.add("mean", "loss", Map.of(), negative);
    return graph.json(loss, logits);
  }

  /** From images to the logits, normalised with given statistics, also in training mode. */
  static String evaluation(Architecture architecture, double[] epsilons) {
    MxGraph graph = new MxGraph(epsilons, true);
    return graph.json(graph.network(architecture));
  }

  private int network(Architecture architecture) {
    List<Integer> added = new ArrayList<>();
    int normalizations = 0;
    for (Node node : architecture.nodes()) {
      int[] inputs = node.inputs().stream().mapToInt(added::get).toArray();
      if (architecture.cancelled(node)) {
        added.add(inputs[0]);
        continue;
      }
      added.add(
          node.layer() instanceof Layer.Normalization norm
              ? normalization(node, norm, epsilons[normalizations++], inputs[0])
              : node(node, inputs));
    }
    return added.get(added.size() - 1);
  }

  private int node(Node node, int[] inputs) {
    String name = node.name();
    Layer layer = node.layer();
    if (layer instanceof Layer.Input) {
      return variable(IMAGES);
    } else if (layer instanceof Layer.Convolution conv) {
      return add("Convolution", name, convolution(conv), inputs[0], variable(name + WEIGHT));
    } else if (layer instanceof Layer.Linear linear) {
      return add("FullyConnected", name, linear(linear), inputs[0], variable(name + WEIGHT));
    } else if (layer instanceof Layer.Bias) {
      return add("broadcast_add", name, Map.of(), inputs[0], perChannel(name, node));
    } else if (layer instanceof Layer.Add) {
      return add("elemwise_add", name, Map.of(), inputs);
    } else if (layer instanceof Layer.Relu) {
      return add("Activation", name, Map.of("act_type", "relu"), inputs);
    } else if (layer instanceof Layer.MaxPool pool) {
      return add("Pooling", name, pooling("max", pool.size()), inputs);
    } else if (layer instanceof Layer.AveragePool pool) {
      return add("Pooling", name, pooling("avg", pool.size()), inputs);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      int mean = add("mean", name, Map.of("axis", "(2, 3)", "keepdims", "True"), inputs);
      return add("Flatten", name + ".flat", Map.of(), mean);
    } else if (layer instanceof Layer.Flatten) {
      return add("Flatten", name, Map.of(), inputs);
    }
    throw new AssertionError("no MXNet operator for " + layer);
  }

  private int normalization(Node node, Layer.Normalization norm, double epsilon, int input) {
    return norm.layer().kind() == NormLayer.Kind.BATCH
        ? batchNormalization(node, norm.layer().affine(), epsilon, input)
        : groupNormalization(node, norm, epsilon, input);
  }

  private int batchNormalization(Node node, boolean affine, double epsilon, int input) {
    String name = node.name();
    Map<String, String> attributes =
        Map.of(
            "eps",
            "" + epsilon,
            // The moving statistics become those of the last batch; how they move is decided
            // outside.
            "momentum",
            "0",
            "fix_gamma",
            affine ? "False" : "True",
            "use_global_stats",
            givenStatistics ? "True" : "False",
            "axis",
            "1");
    return add(
        "BatchNorm",
        name,
        attributes,
        input,
        variable(name + (affine ? Layout.SCALE + WEIGHT : FlatNetwork.ONES)),
        variable(name + (affine ? Layout.BIAS + WEIGHT : FlatNetwork.ZEROS)),
        variable(name + FlatNetwork.MEAN),
        variable(name + FlatNetwork.VARIANCE));
  }

  /** Layer normalisation of each group of channels, then the affine part. */
  private int groupNormalization(Node node, Layer.Normalization norm, double epsilon, int input) {
    String name = node.name();
    String groups = "(0, " + norm.layer().groupsOf(norm.channels()) + ", -1)";
    int split = add("Reshape", name + ".split", Map.of("shape", groups), input);
    int normalized =
        add(
            "LayerNorm",
            name,
            Map.of("axis", "-1", "eps", "" + epsilon),
            split,
            variable(name + FlatNetwork.ONES),
            variable(name + FlatNetwork.ZEROS));
    String whole = "(0, " + node.shape().toString().substring(1).replace(']', ')');
    int joined = add("Reshape", name + ".joined", Map.of("shape", whole), normalized);
    if (!norm.layer().affine()) {
      return joined;
    }
    int scale = perChannel(name + Layout.SCALE, node);
    int scaled = add("broadcast_mul", name + ".scaled", Map.of(), joined, scale);
    int bias = perChannel(name + Layout.BIAS, node);
    return add("broadcast_add", name + ".shifted", Map.of(), scaled, bias);
  }

  /** A trainable number for each channel, in a shape that is spread over images and positions. */
  private int perChannel(String tensor, Node node) {
    String shape = node.shape().size() == 3 ? "(1, -1, 1, 1)" : "(1, -1)";
    return add("Reshape", tensor + ".spread", Map.of("shape", shape), variable(tensor + WEIGHT));
  }

  private static Map<String, String> convolution(Layer.Convolution conv) {
    return Map.of(
        "kernel", pair(conv.kernel()),
        "stride", pair(conv.stride()),
        "pad", pair(conv.kernel() / 2),
        "num_filter", "" + conv.outputChannels(),
        "no_bias", "True");
  }

  private static Map<String, String> linear(Layer.Linear linear) {
    return Map.of("num_hidden", "" + linear.outputs(), "no_bias", "True");
  }

  private static Map<String, String> pooling(String type, int size) {
    return Map.of("pool_type", type, "kernel", pair(size), "stride", pair(size));
  }

  private static String pair(int size) {
    return "(" + size + ", " + size + ")";
  }

  private int variable(String name) {
    variables.add(nodes.size());
    return add("null", name, Map.of());
  }

  private int add(String operator, String name, Map<String, String> attributes, int... inputs) {
    JsonObject node = new JsonObject();
    node.addProperty("op", operator);
    node.addProperty("name", name);
    JsonObject attrs = new JsonObject();
    attributes.forEach(attrs::addProperty);
    node.add("attrs", attrs);
    JsonArray from = new JsonArray();
    for (int input : inputs) {
      from.add(entry(input));
    }
    node.add("inputs", from);
    nodes.add(node);
    return nodes.size() - 1;
  }

  private static JsonArray entry(int node) {
    JsonArray entry = new JsonArray();
    entry.add(node);
    entry.add(0);
    entry.add(0);
    return entry;
  }

  private String json(int... outputs) {
    JsonObject graph = new JsonObject();
    graph.add("nodes", nodes);
    graph.add("arg_nodes", variables);
    JsonArray heads = new JsonArray();
    for (int output : outputs) {
      heads.add(entry(output));
    }
    graph.add("heads", heads);
    // Without the version MXNet takes the graph for one of its first releases and converts it.
    JsonArray version = new JsonArray();
    version.add("int");
    version.add(10900);
    JsonObject attributes = new JsonObject();
    attributes.add("mxnet_version", version);
    graph.add("attrs", attributes);
    return graph.toString();
  }
}
