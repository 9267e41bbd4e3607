package explr.benchmark;

import explr.engine.EngineName;
import explr.engine.Precision;
import explr.machine.JavaCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One way to train a workload: a program that follows the protocol of {@link Worker}.
 *
 * @param id short, for options and tables of numbers
 * @param title for the reader
 * @param side whose it is
 * @param workload what it trains
 * @param gigaflopsPerStep floating point operations of a step, in 10⁹
 * @param command the program with its arguments
 * @param environment variables in addition to those of this process
 */
public record Variant(
    String id,
    String title,
    Side side,
    Workload workload,
    double gigaflopsPerStep,
    List<String> command,
    Map<String, String> environment) {

  /** Whose a variant is. */
  public enum Side {
    /** This project's. */
    EXPLR,
    /** DJL's own blocks and Trainer. */
    DJL,
    /** Training in Python. */
    PYTHON,
    /** No training, but the fastest matrix product: an upper bound of the processor's speed. */
    ROOF
  }

  /** Three products of matrices of 2048 × 2048, of two operations a product of numbers. */
  private static final double GEMM_GIGAFLOPS = 3 * 2 * Math.pow(2048, 3) / 1e9;

  /** Makes glibc keep freed memory, as this project's engines do. */
  private static final Map<String, String> MALLOC =
      Map.of(
          "MALLOC_MMAP_MAX_",
          "0",
          "MALLOC_TRIM_THRESHOLD_",
          Integer.toString(Integer.MAX_VALUE),
          "MALLOC_ARENA_MAX",
          "1",
          "MALLOC_TOP_PAD_",
          Integer.toString(64 << 20));

  /** Copies what it is given. */
  public Variant {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Every variant, those of a number type together: 32 bits, then 64. */
  static List<Variant> all(Workload workload, Peers peers) {
    List<Variant> variants = new ArrayList<>();
    Workload single = workload.in(Precision.FLOAT32);
    variants.add(explr(EngineName.MXNET, single));
    variants.add(explr(EngineName.PYTORCH, single));
    variants.add(blocks(EngineName.MXNET, single));
    variants.add(blocks(EngineName.PYTORCH, single));
    for (String kind : List.of("eager", "channels_last", "compile")) {
      Variant plain = pytorch(kind, single, peers);
      variants.add(plain);
      variants.add(plain.with("-malloc", ", malloc settings", MALLOC));
    }
    Variant usual = mxnet("usual", ", hybridized", single, peers);
    variants.add(usual);
    variants.add(
        mxnet("tuned", ", hybridized, tuned", single, peers)
            .with("", "", Map.of("MXNET_ENGINE_TYPE", "NaiveEngine"))
            .with("", "", MALLOC));
    variants.add(gemm(single, peers));
    Workload twice = workload.in(Precision.FLOAT64);
    variants.add(explr(EngineName.MXNET, twice));
    variants.add(explr(EngineName.PYTORCH, twice));
    variants.add(pytorch("eager", twice, peers));
    return List.copyOf(variants);
  }

  /** This project's training step. */
  static Variant explr(EngineName engine, Workload workload) {
    return java("learner", "explr", Side.EXPLR, engine, workload)
        .titled("explr, " + engine.displayName());
  }

  /**
   * A part of this project's training.
   *
   * @param kind that {@link Worker} knows; its name, too
   * @param more further arguments of the worker
   */
  static Variant explr(String kind, EngineName engine, Workload workload, String... more) {
    return java(kind, "explr", Side.EXPLR, engine, workload, more).named(kind);
  }

  private static Variant blocks(EngineName engine, Workload workload) {
    return java("blocks", "djl", Side.DJL, engine, workload)
        .titled("DJL's blocks and Trainer, " + engine.displayName());
  }

  private static Variant java(
      String kind, String id, Side side, EngineName engine, Workload workload, String... more) {
    String name = engine.displayName().toLowerCase(Locale.ROOT);
    List<String> arguments = new ArrayList<>(List.of(kind, name));
    arguments.addAll(workload.arguments());
    arguments.addAll(List.of(more));
    return new Variant(
        id + "-" + name + suffix(workload),
        "",
        side,
        workload,
        workload.gigaflopsPerStep(),
        JavaCommand.of(Worker.class, arguments),
        threads(workload));
  }

  private static Variant pytorch(String kind, Workload workload, Peers peers) {
    return python("pytorch_peer.py", kind, Side.PYTHON, workload, peers)
        .named("pytorch-" + kind.replace('_', '-') + suffix(workload))
        .titled("Python PyTorch, " + kind.replace("compile", "torch.compile"));
  }

  private static Variant mxnet(String kind, String title, Workload workload, Peers peers) {
    return python("mxnet_peer.py", kind, Side.PYTHON, workload, peers)
        .named("mxnet-" + kind)
        .titled("Python MXNet" + title);
  }

  private static Variant gemm(Workload workload, Peers peers) {
    Variant variant =
        python("pytorch_peer.py", "gemm", Side.ROOF, workload, peers)
            .named("onednn-gemm")
            .titled("oneDNN's GEMM 2048³, the roof");
    return variant.ofGigaflops(GEMM_GIGAFLOPS);
  }

  /**
   * A program in Python.
   *
   * @param kind that the script knows; the variant's name, too
   * @param more further arguments of the script
   */
  static Variant python(
      String script, String kind, Side side, Workload workload, Peers peers, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                peers.python().toString(),
                peers.scripts().resolve(script).toString(),
                peers.reference().toString(),
                kind,
                workload.precision().label(),
                Integer.toString(workload.threads())));
    command.addAll(List.of(more));
    return new Variant(
        kind, "", side, workload, workload.gigaflopsPerStep(), command, threads(workload));
  }

  private static Map<String, String> threads(Workload workload) {
    return Map.of("OMP_NUM_THREADS", Integer.toString(workload.threads()));
  }

  private static String suffix(Workload workload) {
    return switch (workload.precision()) {
      case FLOAT32 -> "";
      case FLOAT64 -> "-float64";
      case TF32 -> "-tf32";
    };
  }

  Variant named(String other) {
    return new Variant(other, title, side, workload, gigaflopsPerStep, command, environment);
  }

  Variant titled(String other) {
    return new Variant(id, other, side, workload, gigaflopsPerStep, command, environment);
  }

  private Variant ofGigaflops(double other) {
    return new Variant(id, title, side, workload, other, command, environment);
  }

  private Variant with(String idSuffix, String titleSuffix, Map<String, String> more) {
    Map<String, String> both = new LinkedHashMap<>(environment);
    both.putAll(more);
    return new Variant(
        id + idSuffix, title + titleSuffix, side, workload, gigaflopsPerStep, command, both);
  }

  /** Whether it trains, so that its speed is a number of images. */
  boolean trains() {
    return side != Side.ROOF;
  }

  /** Whether it is a program in Python. */
  boolean inPython() {
    return side == Side.PYTHON || side == Side.ROOF;
  }
}
