package explr.benchmark;

import com.google.gson.GsonBuilder;
import explr.machine.GpuFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Results as JSON, for programs. */
final class JsonReport {

  private JsonReport() {}

  /** All measurements, including each round and each start. */
  static String of(Results results, List<Bar> bars) {
    return text(tree(results, bars));
  }

  /** The same of measurements on a GPU. */
  static String of(Results results, List<Bar> bars, GpuFacts gpu) {
    Map<String, Object> root = tree(results, bars);
    root.put("gpu", gpu);
    return text(root);
  }

  private static Map<String, Object> tree(Results results, List<Bar> bars) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("began", results.began().toString());
    root.put("commit", results.commit().orElse(null));
    root.put("machine", results.machine());
    root.put("plan", results.repetitions());
    root.put("variants", results.measured().stream().map(JsonReport::tree).toList());
    root.put(
        "left_out",
        results.leftOut().stream()
            .map(out -> Map.of("variant", out.variant().id(), "reason", out.reason()))
            .toList());
    root.put("loss_checks", results.lossChecks());
    root.put("memory_growth", results.growths().stream().map(JsonReport::tree).toList());
    root.put("conversions", results.conversions());
    root.put("bars", bars.stream().map(JsonReport::tree).toList());
    return root;
  }

  private static String text(Map<String, Object> root) {
    return new GsonBuilder()
        .setPrettyPrinting()
        .serializeSpecialFloatingPointValues()
        .disableHtmlEscaping()
        .create()
        .toJson(root);
  }

  private static Map<String, Object> tree(Measured measured) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("variant", measured.variant().id());
    tree.put("title", measured.variant().title());
    tree.put("runs_on", measured.version());
    tree.put("workload", measured.variant().workload());
    tree.put("environment", measured.variant().environment());
    tree.put("steps_per_turn", measured.stepsPerTurn());
    tree.put("seconds_per_turn", measured.secondsPerTurn());
    tree.put("images_per_second", measured.variant().trains() ? measured.imagesPerSecond() : null);
    tree.put("gigaflops_per_second", measured.gigaflopsPerSecond());
    tree.put("seconds_to_first_step", measured.secondsToFirstStep());
    tree.put("peak_megabytes", boxed(measured.peakMegabytes()));
    tree.put("device_megabytes", boxed(measured.deviceMegabytes()));
    tree.put("losses", measured.losses());
    return tree;
  }

  private static Map<String, Object> tree(MemoryGrowth growth) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("variant", growth.variant().id());
    tree.put("steps", growth.steps());
    tree.put("megabytes_before", boxed(growth.before()));
    tree.put("megabytes_after", boxed(growth.after()));
    return tree;
  }

  private static Map<String, Object> tree(Bar bar) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("what", bar.what());
    tree.put(bar.atLeast() ? "at_least" : "at_most", bar.limit());
    tree.put("measured", boxed(bar.value()));
    tree.put("verdict", bar.verdict());
    return tree;
  }

  private static Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
