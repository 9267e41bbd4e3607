package explr.cli;

import explr.benchmark.Benchmark;
import explr.benchmark.GpuBenchmark;
import explr.benchmark.Peers;
import explr.benchmark.Repetitions;
import explr.benchmark.Workload;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Placement;
import explr.engine.Precision;
import explr.experiment.Settings;
import explr.figure.Export;
import explr.figure.Figure;
import explr.machine.GpuFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the training step with the alternatives that people would use. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = {
      "Compares this project's training step with DJL's own blocks and with PyTorch and",
      "MXNet in Python: processes that take turns, after a check that all compute the same",
      "losses. Names what is not installed and omits it. Needs an otherwise idle machine;",
      "takes about 15 minutes. On a GPU (--device gpu:0) it compares with PyTorch in Python.",
      "",
      "Two more options install something, once:",
      "  --with-python   PyTorch and MXNet for Python, in a separate environment",
      "                  (about 3 GB to download)",
      "  --with-jmh      JMH, which times conversions (3 MB)",
      ""
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:measured; the table says which bars are met",
      "1:failed, or not all variants compute the same losses; the message or the table says why",
      "2:the command line was not understood"
    })
final class BenchmarkCommand implements Callable<Integer> {

  private static final String CPU = "cpu";

  /** On a GPU a turn is an epoch, and each variant starts once. */
  private static final List<String> CPU_ONLY =
      List.of("--scaling", "--overhead", "--steps", "--starts", "--memory-steps");

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = {
        "cpu, or gpu:N to measure on a GPU instead: the captured training step, whole runs and several",
        "runs at a time, against PyTorch in Python on the same card: eager, with CUDA graphs and with",
        "torch.compile. A turn is an epoch of CIFAR-10's size; takes about 20 minutes."
      })
  private String device;

  @Option(names = "--scaling", description = "Measure depth, width, batch and threads instead.")
  private boolean scaling;

  @Option(
      names = "--overhead",
      description = {
        "Measure instead the cost of a whole run beyond its training steps, and a run at an exponential",
        "rate against one with weight decay; at the paper's size about 30 s a round."
      })
  private boolean overhead;

  @Option(names = "--rounds", defaultValue = "7", description = "Turns of each variant.")
  private int rounds;

  @Option(
      names = "--steps",
      defaultValue = "10",
      description = "Steps of a turn; fewer if they would take more than five seconds.")
  private int steps;

  @Option(
      names = "--starts",
      defaultValue = "3",
      description = "Starts of each variant, to time its first step.")
  private int starts;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Only variants whose names begin with these, such as explr or pytorch-eager.")
  private List<String> only = List.of();

  @Option(names = "--depth", defaultValue = "32", description = "Of the PreResNet, 6n + 2.")
  private int depth;

  @Option(names = "--batch-size", defaultValue = "128", description = "Images in a batch.")
  private int batchSize;

  @Option(
      names = "--memory-steps",
      defaultValue = "2000",
      description = "Steps of a small network over which memory is watched; 0 for none.")
  private int memorySteps;

  @Mixin private ThreadOptions threads;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "By default the folder benchmark in results of EXPLR_HOME.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = Settings.of(System.getenv(), Backend.auto());
    Path folder = output == null ? settings.home().resolve("results").resolve("benchmark") : output;
    Workload workload;
    Benchmark benchmark;
    try {
      workload = new Workload(depth, 1, batchSize, Precision.FLOAT32, threads.count()).on(device());
      benchmark =
          new Benchmark(
              new Repetitions(rounds, steps, starts),
              folder,
              settings.commit(),
              line -> System.out.println(line));
      if (memorySteps < 0) {
        throw new IllegalArgumentException("--memory-steps is at least 0, not " + memorySteps);
      }
      if (scaling && overhead) {
        throw new IllegalArgumentException("--scaling and --overhead are measured one at a time");
      }
    } catch (IllegalArgumentException e) {
      return usage(e);
    }
    Benchmark.Outcome outcome;
    if (scaling) {
      outcome = benchmark.scale(EngineName.auto(), workload);
    } else if (overhead) {
      outcome = benchmark.overhead(EngineName.auto(), workload);
    } else {
      try {
        outcome =
            device.equals(CPU)
                ? compare(benchmark, workload, settings)
                : compareOnGpu(benchmark, workload, settings);
      } catch (IllegalArgumentException e) {
        return usage(e);
      }
    }
    draw(outcome, folder, settings);
    System.out.println(outcome.table());
    System.out.println("Report: " + folder);
    return outcome.sound() ? Main.DONE : Main.FAILED;
  }

  /** The device, if it can be used and all given options apply to it. */
  private String device() {
    if (!device.matches("cpu|gpu:\\d{1,3}")) {
      throw new IllegalArgumentException(
          "--device is cpu or gpu:N, for example gpu:0, not '" + device + "'");
    }
    if (!device.equals(CPU)) {
      for (String option : CPU_ONLY) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
          throw new IllegalArgumentException(
              "%s applies to the benchmark of the CPU; omit it, or --device %s"
                  .formatted(option, device));
        }
      }
    }
    return Placement.of("pytorch", device).device();
  }

  private int usage(IllegalArgumentException e) {
    spec.commandLine().getErr().println("explr: " + e.getMessage());
    return Main.USAGE;
  }

  private Benchmark.Outcome compare(Benchmark benchmark, Workload workload, Settings settings)
      throws IOException, InterruptedException {
    return benchmark.compare(
        workload,
        only,
        python(settings),
        peers(),
        memorySteps,
        Optional.ofNullable(System.getenv("EXPLR_JMH")));
  }

  private Benchmark.Outcome compareOnGpu(Benchmark benchmark, Workload workload, Settings settings)
      throws IOException, InterruptedException {
    Backend backend = new Backend(EngineName.PYTORCH, device, Precision.FLOAT32, 1);
    GpuFacts gpu = backend.gpu().orElseThrow();
    System.out.println(device + ": " + gpu.describe());
    return new GpuBenchmark(benchmark, gpu, PaperPlan.work(workload))
        .compare(
            workload,
            only,
            new Peers(python(settings), peers(), benchmark.folder().resolve("reference")));
  }

  private static Path python(Settings settings) {
    return settings.home().resolve("benchmark-venv/bin/python");
  }

  private static Path peers() {
    return Path.of(System.getenv().getOrDefault("EXPLR_PEERS", "environment/peers"));
  }

  private static void draw(Benchmark.Outcome outcome, Path folder, Settings settings)
      throws IOException {
    Files.createDirectories(folder);
    System.out.println(
        "Figure: " + Export.html(outcome.figure(), folder.resolve(outcome.name() + ".html")));
    Map<Path, Figure> pictures = new LinkedHashMap<>();
    for (String kind : List.of("png", "svg")) {
      pictures.put(folder.resolve(outcome.name() + "." + kind), outcome.figure());
    }
    if (Export.pictures(pictures, settings.python())
        instanceof Export.Pictures.NotWritten missing) {
      System.out.println("No PNG and SVG: " + missing.reason() + "; " + missing.remedy());
    }
  }
}
