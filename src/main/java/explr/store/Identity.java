package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import explr.data.Normalization;
import explr.engine.Algorithms;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.file.Digests;
import explr.machine.GpuFacts;
import explr.network.Architecture;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.training.Task;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Everything that decides the bits at a point of training, as canonical JSON with named fields.
 *
 * <p>The identity of a start describes the network, its data, and where and how it is trained. The
 * identity of a period holds the address of the state before it and the values that drive the
 * period. The store keeps it as {@code identity.json} next to the bits that it names, and its
 * SHA-256 is their {@link Address}.
 *
 * <p>The field names are literals here and depend on no class. A field that is added later, such as
 * another optimizer, must be omitted where it has the value of all earlier runs, so that their
 * addresses do not change.
 *
 * @param json the text
 */
record Identity(String json) {

  /** The version of the fields; to be raised when a field changes its meaning. */
  private static final int VERSION = 1;

  private static final String ALGORITHMS = "algorithms";

  /** Matches no text inside a string, where quotes are escaped. */
  private static final Pattern THREADS = Pattern.compile("\"threads\":\\d+");

  /** The start of a task, before any step, on this computer. */
  static Identity ofStart(Task task) {
    return ofStart(task, Computer.of(task.backend()));
  }

  /** The start of a task on some computer. */
  static Identity ofStart(Task task, Computer computer) {
    Backend backend = task.backend();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("identity", VERSION);
    fields.put("numerics", Numerics.VERSION);
    fields.put("network", NetworkGraph.of(task.architecture()));
    fields.put(
        "data",
        Map.of(
            "images",
            task.data().checksum(),
            "normalization",
            normalization(task.data().normalization())));
    fields.put("seed", task.seed());
    fields.put("batch_size", task.batchSize());
    fields.put("epsilon", task.epsilon());
    fields.put(
        "measured",
        Map.of("weights", task.probe().watched(), "times_an_epoch", task.probe().perEpoch()));
    fields.put("engine", engine(backend.engine(), computer));
    fields.put("device", computer.device(backend));
    fields.put("number_type", numberType(backend.precision()));
    fields.put("threads", computer.threads(backend));
    fields.put("instruction_set", computer.processor());
    computer.gpu().ifPresent(gpu -> fields.put("gpu", gpu(gpu, backend.algorithms())));
    optimizer(task.optimizer()).ifPresent(rule -> fields.put("optimizer", rule));
    return new Identity(CanonicalJson.of(fields));
  }

  /**
   * A stretch of training after a state.
   *
   * @param after the address of the state
   * @param rates that drive it
   * @param optimizer that they drive
   * @param from its first iteration
   * @param to the iteration after its last
   */
  static Identity ofPeriod(Address after, Rates rates, Optimizer optimizer, long from, long to) {
    StringBuilder json = new StringBuilder();
    // Keys in sorted order. CanonicalJson would take a second for the paper's plan.
    json.append("{\"after\":\"").append(after.hex());
    json.append("\",\"from\":").append(from);
    json.append(",\"identity\":").append(VERSION);
    json.append(",\"to\":").append(to);
    json.append(",\"values\":{");
    if (!(optimizer instanceof Optimizer.Momentum)) {
      optimizer.secondBeta().ifPresent(beta -> named(json, "beta2", beta::at, from, to));
      named(json, "buffer_factor", rates::bufferFactor, from, to);
    }
    json.append("\"correction\":");
    column(json, rates::correction, from, to);
    json.append(",\"log_learning_rate\":");
    column(json, rates::logLearningRate, from, to);
    json.append(",\"log_scale\":");
    // Before the first step and after each.
    column(json, rates::logScale, from, to + 1);
    json.append(",\"momentum\":");
    column(json, rates::momentum, from, to);
    json.append(",\"weight_decay\":");
    column(json, rates::weightDecay, from, to);
    return new Identity(json.append("}}").toString());
  }

  /** The update rule without its schedules; empty for momentum SGD, as before there were others. */
  private static Optional<Map<String, Object>> optimizer(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Momentum) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (optimizer instanceof Optimizer.AdamW adam) {
      fields.put("rule", "adamw");
      fields.put("epsilon", adam.epsilon());
    } else if (optimizer instanceof Optimizer.Muon muon) {
      fields.put("rule", "muon");
      fields.put("epsilon", muon.epsilon());
      fields.put("nesterov", muon.nesterov());
    } else if (optimizer instanceof Optimizer.Lion) {
      fields.put("rule", "lion");
    } else if (optimizer instanceof Optimizer.SignSgd) {
      fields.put("rule", "signsgd");
    } else if (optimizer instanceof Optimizer.DecoupledMomentum) {
      fields.put("rule", "sgdw");
    } else if (optimizer instanceof Optimizer.Nesterov) {
      fields.put("rule", "nesterov");
    } else {
      throw new IllegalArgumentException("networks are not trained with " + optimizer);
    }
    return Optional.of(fields);
  }

  /** One value if all have the same bits, otherwise a list; exact, in hexadecimal. */
  private static void column(StringBuilder json, LongToDoubleFunction values, long from, long to) {
    double[] all = LongStream.range(from, to).mapToDouble(values).toArray();
    if (isConstant(all)) {
      append(json, all[0]);
      return;
    }
    for (int i = 0; i < all.length; i++) {
      json.append(i == 0 ? '[' : ',');
      append(json, all[i]);
    }
    json.append(']');
  }

  private static void named(
      StringBuilder json, String name, LongToDoubleFunction values, long from, long to) {
    json.append('"').append(name).append("\":");
    column(json, values, from, to);
    json.append(',');
  }

  private static boolean isConstant(double[] values) {
    long first = Double.doubleToLongBits(values[0]);
    for (double value : values) {
      if (Double.doubleToLongBits(value) != first) {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder json, double value) {
    json.append('"');
    HexFloat.append(json, value);
    json.append('"');
  }

  /** The graph of a network alone, for manifests. */
  static String networkDigest(Architecture architecture) {
    return new Identity(CanonicalJson.of(NetworkGraph.of(architecture))).address().hex();
  }

  /** Mean and standard deviation of each channel. */
  static Map<String, Object> normalization(Normalization normalization) {
    Map<String, Object> channels = new LinkedHashMap<>();
    channels.put("red", channel(normalization.red()));
    channels.put("green", channel(normalization.green()));
    channels.put("blue", channel(normalization.blue()));
    return channels;
  }

  private static Map<String, Object> channel(Normalization.Channel channel) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mean", channel.mean());
    fields.put("standard_deviation", channel.standardDeviation());
    return fields;
  }

  private static Map<String, Object> engine(EngineName engine, Computer computer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        "name",
        switch (engine) {
          case MXNET -> "MXNet";
          case PYTORCH -> "PyTorch";
        });
    fields.put("version", computer.engineVersion());
    computer.blasKernels().ifPresent(kernels -> fields.put("blas_kernels", kernels));
    return fields;
  }

  /** Without the compute capability, which follows from the model. */
  private static Map<String, Object> gpu(GpuFacts gpu, Algorithms algorithms) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", gpu.name());
    fields.put("driver", gpu.driver());
    fields.put("cuda", gpu.cuda());
    fields.put("cudnn", gpu.cudnn());
    fields.put(
        ALGORITHMS,
        switch (algorithms) {
          case DETERMINISTIC -> "deterministic";
          case FAST -> "fast";
        });
    return fields;
  }

  private static String numberType(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> "float32";
      case FLOAT64 -> "float64";
      case TF32 -> "tf32";
    };
  }

  /** The same start on another number of threads. */
  Identity onThreads(int threads) {
    return new Identity(THREADS.matcher(json).replaceFirst("\"threads\":" + threads));
  }

  /** What computes a start, for people: engine, device, number type, threads and GPU model. */
  String computedBy() {
    try {
      JsonObject fields = JsonParser.parseString(json).getAsJsonObject();
      return String.format(
          Locale.ROOT,
          "%s, %s, %s, threads %s%s",
          fields.getAsJsonObject("engine").get("name").getAsString(),
          fields.get("device").getAsString(),
          fields.get("number_type").getAsString(),
          fields.get("threads").getAsString(),
          gpu(fields.getAsJsonObject("gpu")));
    } catch (RuntimeException noStart) {
      return "";
    }
  }

  private static String gpu(JsonObject fields) {
    return fields == null
        ? ""
        : String.format(
            Locale.ROOT,
            ", %s, %s",
            fields.get("model").getAsString(),
            fields.get(ALGORITHMS).getAsString());
  }

  /** The number of threads of a start; empty if the text has no such field. */
  OptionalInt threads() {
    try {
      JsonElement threads = JsonParser.parseString(json).getAsJsonObject().get("threads");
      return threads == null ? OptionalInt.empty() : OptionalInt.of(threads.getAsInt());
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** The address of what has this identity. */
  Address address() {
    return new Address(Digests.sha256(json.getBytes(UTF_8)));
  }
}
