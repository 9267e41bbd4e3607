package explr.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import explr.network.Architecture;
import explr.network.Module;
import explr.network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An architecture as MXNet's symbolic graph in its JSON form.
 *
 * <p>Only operators that keep oneDNN's blocked layout are used (Convolution, BatchNorm, Activation,
 * elemwise_add, mean over the image): one operator outside it costs two conversions of the layout a
 * layer, in all a fifth of the speed.
 */
final class MxGraph {

  static final String IMAGES = "images";
  static final String LABELS = "labels";
  static final String WEIGHT = ".weight";
  static final String SCALE = ".scale";
  static final String BIAS = ".bias";
  static final String MEAN = ".mean";
  static final String VARIANCE = ".variance";

  private final JsonArray nodes = new JsonArray();
  private final JsonArray variables = new JsonArray();
  private final double epsilon;
  private final boolean givenStatistics;

  private MxGraph(double epsilon, boolean givenStatistics) {
    this.epsilon = epsilon;
    this.givenStatistics = givenStatistics;
  }

  /** From images and labels to the mean cross entropy and the logits. */
  static String training(Architecture architecture, double epsilon) {
    MxGraph graph = new MxGraph(epsilon, false);
    int logits = graph.network(architecture);
    int logarithms = graph.add("log_softmax", "logarithms", Map.of("axis", "-1"), logits);
    int picked =
        graph.add("pick", "picked", Map.of("axis", "-1"), logarithms, graph.variable(LABELS));
    int negative = graph.add("negative", "negative", Map.of(), picked);
    int loss = graph.add("mean", "loss", Map.of(), negative);
    return graph.json(loss, logits);
  }

  /** From images to the logits, normalised with given statistics, also in training mode. */
  static String evaluation(Architecture architecture, double epsilon) {
    MxGraph graph = new MxGraph(epsilon, true);
    return graph.json(graph.network(architecture));
  }

  private int network(Architecture architecture) {
    List<Integer> added = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      int[] inputs = node.inputs().stream().mapToInt(added::get).toArray();
      added.add(node(node, inputs));
    }
    return added.get(added.size() - 1);
  }

  private int node(Node node, int[] inputs) {
    String name = node.name();
    Module module = node.module();
    if (module instanceof Module.Input) {
      return variable(IMAGES);
    } else if (module instanceof Module.Convolution conv) {
      return add("Convolution", name, convolution(conv), inputs[0], variable(name + WEIGHT));
    } else if (module instanceof Module.Linear linear) {
      return add(
          "FullyConnected",
          name,
          Map.of("num_hidden", "" + linear.outputs(), "no_bias", "True"),
          inputs[0],
          variable(name + WEIGHT));
    } else if (module instanceof Module.BatchNormalization) {
      return add(
          "BatchNorm",
          name,
          batchNormalization(),
          inputs[0],
          variable(name + SCALE),
          variable(name + BIAS),
          variable(name + MEAN),
          variable(name + VARIANCE));
    } else if (module instanceof Module.Add) {
      return add("elemwise_add", name, Map.of(), inputs);
    } else if (module instanceof Module.Relu) {
      return add("Activation", name, Map.of("act_type", "relu"), inputs);
    } else if (module instanceof Module.GlobalAveragePool) {
      int mean = add("mean", name, Map.of("axis", "(2, 3)", "keepdims", "True"), inputs);
      return add("Flatten", name + ".flat", Map.of(), mean);
    }
    throw new AssertionError("no MXNet operator for " + module);
  }

  private static Map<String, String> convolution(Module.Convolution conv) {
    return Map.of(
        "kernel", pair(conv.kernel()),
        "stride", pair(conv.stride()),
        "pad", pair(conv.kernel() / 2),
        "num_filter", "" + conv.outputChannels(),
        "no_bias", "True");
  }

  private Map<String, String> batchNormalization() {
    return Map.of(
        "eps", "" + epsilon,
        // The moving statistics become those of the last batch; how they move is decided outside.
        "momentum", "0",
        "fix_gamma", "True",
        "use_global_stats", givenStatistics ? "True" : "False",
        "axis", "1");
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
