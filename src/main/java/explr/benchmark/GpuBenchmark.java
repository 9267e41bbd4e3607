package explr.benchmark;

import explr.data.Dataset;
import explr.engine.Algorithms;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.file.AtomicFile;
import explr.machine.GpuFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Measures training steps and whole runs on a GPU, this project's and those of Python's PyTorch.
 *
 * <p>A turn is an epoch of CIFAR-10's size, so that each turn of a run has the end of one epoch.
 *
 * @param benchmark number of rounds, folder, commit and progress; its steps and starts are ignored
 * @param gpu the card and its software
 * @param paper the training behind the paper's figures; empty for another network or batch
 */
public record GpuBenchmark(Benchmark benchmark, GpuFacts gpu, Optional<PaperWork> paper) {

  /**
   * All variants that are installed against each other.
   *
   * @param workload what all train, on the GPU
   * @param only the beginnings of the variants' names; none: all
   * @param peers where Python and its programs are; where Python does not exist, they are left out
   * @throws IllegalArgumentException if no variant has such a name
   */
  public Benchmark.Outcome compare(Workload workload, List<String> only, Peers peers)
      throws IOException, InterruptedException {
    Path stores = benchmark.folder().resolve("stores");
    List<Variant> variants = Benchmark.chosen(GpuVariants.all(workload, peers, stores), only);
    Workload onCpu = workload.in(Precision.FLOAT32).with(Algorithms.DETERMINISTIC).on("cpu");
    Dataset data = workload.data();
    if (variants.stream().anyMatch(Variant::inPython)) {
      Reference.write(onCpu, data, peers.reference());
    }
    long epoch = onCpu.task(data, EngineName.PYTORCH).epochs().iterationsEach();
    try {
      return write(measure(variants, Math.toIntExact(epoch)));
    } finally {
      Benchmark.delete(stores);
    }
  }

  /** One number type after the other, so that not all processes share the memory of the card. */
  private Results measure(List<Variant> variants, int epoch)
      throws IOException, InterruptedException {
    Repetitions turns = benchmark.repetitions().inTurnsOf(epoch);
    Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Rounds rounds = benchmark.rounds();
    List<LossCheck> checks =
        Benchmark.measure(rounds, variants, precision -> turns(turns, precision));
    return benchmark.results(began, turns, rounds, checks, List.of(), List.of());
  }

  /** Shorter turns in float64, which has no whole run and is slow on most cards. */
  private static Repetitions turns(Repetitions epochs, Precision precision) {
    return precision == Precision.FLOAT64
        ? new Repetitions(epochs.rounds(), epochs.steps(), epochs.starts())
        : epochs;
  }

  private Benchmark.Outcome write(Results results) throws IOException {
    Path folder = Files.createDirectories(benchmark.folder());
    List<Bar> bars = GpuBars.of(results.measured(), paper);
    GpuReport report = new GpuReport(results, gpu, bars);
    AtomicFile.write(folder.resolve("gpu.md"), report.markdown());
    AtomicFile.write(folder.resolve("gpu.csv"), report.csv());
    AtomicFile.write(folder.resolve("gpu.json"), JsonReport.of(results, bars, gpu));
    return new Benchmark.Outcome(
        "gpu", report.markdown(), BenchmarkFigure.gpu(results, gpu), results.sound());
  }
}
