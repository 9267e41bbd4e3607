package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.data.Normalization;
import explr.engine.Backend;
import explr.file.Digests;
import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Node;
import explr.network.NormLayer;
import explr.schedule.Rates;
import explr.training.Task;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The addresses of states in version 0.1.0, and its digest of a network, so that its stores can be
 * taken over and its manifests compared.
 *
 * <p>It hashed the texts of Java's records. This class writes these texts literally and depends on
 * no current class; nothing new is to be hashed this way.
 */
final class EarlierVersion {

  private static final int BYTES_PER_ITERATION = 5 * Double.BYTES;

  /** The only version of the numerics that version 0.1.0 had. */
  private static final int NUMERICS = 1;

  private static final String THREADS = "threads";

  /** More than any machine has. */
  private static final int MOST_THREADS = 1024;

  private EarlierVersion() {}

  /**
   * Whether it computed the same bits of a task as this version. On a GPU it did not: its float32
   * was TF32, and bits differed from run to run.
   */
  static boolean hasTheBitsOf(Task task) {
    return Numerics.VERSION == NUMERICS && !task.backend().onGpu();
  }

  /** The address of a task's start. */
  static Address start(Task task, Computer computer) {
    return start(settings(task, computer));
  }

  /** The addresses of a task's starts on 1, 2, … threads, to find those that exist. */
  static List<Address> starts(Task task, Computer computer) {
    // Computed once: the checksum of all images is slow, and threads do not change it.
    Map<String, String> settings = settings(task, computer);
    List<Address> starts = new ArrayList<>();
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
      settings.put(THREADS, Integer.toString(threads));
      starts.add(start(settings));
    }
    return starts;
  }

  /** The digest of the settings in the format of a sorted Java map. */
  private static Address start(Map<String, String> settings) {
    String text =
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
    return new Address(Digests.sha256(text.getBytes(UTF_8)));
  }

  private static Map<String, String> settings(Task task, Computer computer) {
    Backend backend = task.backend();
    Architecture architecture = task.architecture();
    Map<String, String> settings = new TreeMap<>();
    settings.put("configuration.numerics", Integer.toString(NUMERICS));
    settings.put("configuration.architecture", architecture.name());
    settings.put("configuration.architecture_graph", networkDigest(architecture));
    settings.put("configuration.batch_size", Integer.toString(task.batchSize()));
    settings.put("configuration.epsilon", Double.toString(task.epsilon()));
    settings.put("configuration.watched", list(task.probe().watched()));
    settings.put("configuration.measurements_per_epoch", Integer.toString(task.probe().perEpoch()));
    computer
        .blasKernels()
        .ifPresent(kernels -> settings.put("configuration.blas_kernels", kernels));
    Normalization normalization = task.data().normalization();
    if (!normalization.equals(Normalization.CIFAR10)) {
      settings.put("configuration.normalization", text(normalization));
    }
    settings.put("seed", Long.toString(task.seed()));
    settings.put("engine", backend.engine().displayName());
    settings.put("device", backend.device());
    settings.put(THREADS, Integer.toString(backend.threads()));
    settings.put("number type", backend.precision().name().toLowerCase(Locale.ROOT));
    settings.put("engine version", computer.engineVersion());
    settings.put("instruction set", computer.instructionSet());
    settings.put("data checksum", task.data().checksum());
    return settings;
  }

  /**
   * The address of the end of a period.
   *
   * @param after the address before it
   */
  static Address period(Address after, Rates rates, long from, long to) {
    MessageDigest digest = Digests.of("SHA-256");
    digest.update(HexFormat.of().parseHex(after.hex()));
    ByteBuffer values = ByteBuffer.allocate(BYTES_PER_ITERATION);
    for (long t = from; t < to; t++) {
      values.clear();
      values.putDouble(rates.logLearningRate(t));
      values.putDouble(rates.weightDecay(t));
      values.putDouble(rates.momentum(t));
      values.putDouble(rates.correction(t));
      values.putDouble(rates.logScale(t + 1));
      digest.update(values.array());
    }
    return new Address(HexFormat.of().formatHex(digest.digest()));
  }

  /** The digest of every layer and edge that manifests have as architecture_graph. */
  static String networkDigest(Architecture architecture) {
    String nodes = list(architecture.nodes().stream().map(EarlierVersion::text).toList());
    return Digests.sha256(nodes.getBytes(UTF_8)).substring(0, 16);
  }

  private static String text(Node node) {
    return record(
        "Node",
        "index",
        node.index(),
        "name",
        node.name(),
        "module",
        text(node.layer()),
        "inputs",
        list(node.inputs()),
        "shape",
        list(node.shape()));
  }

  private static String text(Layer layer) {
    if (layer instanceof Layer.Input input) {
      return record(
          "Input", "channels", input.channels(), "height", input.height(), "width", input.width());
    }
    if (layer instanceof Layer.Convolution convolution) {
      return record(
          "Convolution",
          "inputChannels",
          convolution.inputChannels(),
          "outputChannels",
          convolution.outputChannels(),
          "kernel",
          convolution.kernel(),
          "stride",
          convolution.stride());
    }
    if (layer instanceof Layer.Linear linear) {
      return record(
          "Linear",
          "inputs",
          linear.inputs(),
          "outputs",
          linear.outputs(),
          "trainable",
          linear.trainable());
    }
    if (layer instanceof Layer.Bias bias) {
      return record("Bias", "channels", bias.channels());
    }
    if (layer instanceof Layer.Normalization normalization) {
      return record(
          "Normalization",
          "layer",
          text(normalization.layer()),
          "channels",
          normalization.channels());
    }
    if (layer instanceof Layer.MaxPool pool) {
      return record("MaxPool", "size", pool.size());
    }
    if (layer instanceof Layer.AveragePool pool) {
      return record("AveragePool", "size", pool.size());
    }
    return withoutNumbers(layer);
  }

  private static String withoutNumbers(Layer layer) {
    if (layer instanceof Layer.Add) {
      return record("Add");
    }
    if (layer instanceof Layer.Relu) {
      return record("Relu");
    }
    if (layer instanceof Layer.GlobalAveragePool) {
      return record("GlobalAveragePool");
    }
    if (layer instanceof Layer.Flatten) {
      return record("Flatten");
    }
    // A layer that version 0.1.0 did not have: no run of it can be of that version.
    return "";
  }

  private static String text(NormLayer layer) {
    String name =
        switch (layer.kind()) {
          case BATCH -> "batch";
          case GROUP -> "group (" + layer.groups() + ")";
          case LAYER -> "layer";
          case INSTANCE -> "instance";
        };
    return layer.affine() ? name + ", affine" : name;
  }

  private static String text(Normalization normalization) {
    return record(
        "Normalization",
        "red",
        text(normalization.red()),
        "green",
        text(normalization.green()),
        "blue",
        text(normalization.blue()));
  }

  private static String text(Normalization.Channel channel) {
    return record(
        "Channel", "mean", channel.mean(), "standardDeviation", channel.standardDeviation());
  }

  /** As a record of Java was written: its name, then names and values in turn. */
  private static String record(String name, Object... components) {
    StringBuilder text = new StringBuilder(name).append('[');
    for (int i = 0; i < components.length; i += 2) {
      text.append(i == 0 ? "" : ", ").append(components[i]).append('=').append(components[i + 1]);
    }
    return text.append(']').toString();
  }

  /** As a list of Java is written. */
  private static String list(Iterable<?> elements) {
    StringBuilder text = new StringBuilder("[");
    for (Object element : elements) {
      text.append(text.length() == 1 ? "" : ", ").append(element);
    }
    return text.append(']').toString();
  }
}
