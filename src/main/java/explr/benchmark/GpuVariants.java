package explr.benchmark;

import explr.engine.Algorithms;
import explr.engine.EngineName;
import explr.engine.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variants of the comparison on a GPU.
 *
 * <p>This project's are {@code explr-KIND-PRECISION-ALGORITHMS}: its bare steps as a captured
 * program or operation by operation, a whole run, and several programs at a time. Python's are
 * {@code pytorch-KIND-PRECISION}.
 */
final class GpuVariants {

  /** How many programs run at a time. */
  static final List<Integer> SEVERAL = List.of(2, 4, 8);

  /** What {@code pytorch_gpu_peer.py} trains in both number types, with its name for people. */
  private static final Map<String, String> PYTHON =
      new TreeMap<>(
          Map.of(
              "eager", "eager",
              "channels_last", "channels_last, benchmark",
              "graph", "CUDA graph, channels_last, benchmark",
              "compile", "torch.compile and CUDA graph, channels_last, benchmark"));

  private final Workload workload;
  private final Peers peers;
  private final Path stores;
  private final List<Variant> variants = new ArrayList<>();

  private GpuVariants(Workload workload, Peers peers, Path stores) {
    this.workload = workload;
    this.peers = peers;
    this.stores = stores;
  }

  /**
   * All variants, those of a number type together: float32, TF32, float64.
   *
   * @param workload on a GPU, in any number type
   * @param stores a folder for the runs
   */
  static List<Variant> all(Workload workload, Peers peers, Path stores) {
    return new GpuVariants(workload, peers, stores).all();
  }

  private List<Variant> all() {
    Workload single = workload.in(Precision.FLOAT32);
    explr("program", "captured step", single.with(Algorithms.DETERMINISTIC));
    explr("program", "captured step", single.with(Algorithms.FAST));
    explr("eager", "operation by operation", single.with(Algorithms.DETERMINISTIC));
    explr("run", "whole run", single.with(Algorithms.DETERMINISTIC));
    several(single.with(Algorithms.DETERMINISTIC));
    PYTHON.forEach((kind, title) -> python(kind, title, single));
    python("deterministic", "CUDA graph, channels_last, deterministic", single);
    python("deterministic_nchw", "CUDA graph, deterministic", single);
    Workload tf32 = workload.in(Precision.TF32);
    Workload fast = tf32.with(Algorithms.FAST);
    Workload tf32Repeats = tf32.with(Algorithms.DETERMINISTIC);
    explr("program", "captured step", tf32Repeats);
    explr("run", "whole run", tf32Repeats);
    several(tf32Repeats);
    explr("program", "captured step", fast);
    explr("run", "whole run", fast);
    several(fast);
    PYTHON.forEach((kind, title) -> python(kind, title, tf32));
    Workload twice = workload.in(Precision.FLOAT64).with(Algorithms.DETERMINISTIC);
    explr("program", "captured step", twice);
    return List.copyOf(variants);
  }

  private void explr(String kind, String title, Workload of) {
    String id = String.join("-", "explr", kind, of.precision().label(), of.algorithms().label());
    variants.add(
        Variant.explr(kind, EngineName.PYTORCH, of, stores.toString())
            .named(id)
            .titled(
                String.join(
                    ", ", "explr", title, of.precision().label(), of.algorithms().label())));
  }

  private void several(Workload of) {
    for (int count : SEVERAL) {
      explr("several-" + count, count + " captured steps at a time", of);
    }
  }

  private void python(String kind, String title, Workload of) {
    String precision = of.precision().label();
    Variant.Side side = Variant.Side.PYTHON;
    variants.add(
        Variant.python("pytorch_gpu_peer.py", kind, side, of, peers, of.device())
            .named(String.join("-", "pytorch", kind.replace('_', '-'), precision))
            .titled(String.join(", ", "Python PyTorch", title, precision)));
  }
}
