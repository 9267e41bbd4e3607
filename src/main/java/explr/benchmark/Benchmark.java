package explr.benchmark;

import explr.data.EmbeddedSample;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.figure.Figure;
import explr.file.AtomicFile;
import explr.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures training steps on this machine and writes the results.
 *
 * @param repetitions how much is measured
 * @param folder for tables and logs
 * @param commit of this project's sources, if known
 * @param progress receives a line for each stage
 */
public record Benchmark(
    Repetitions repetitions, Path folder, Optional<String> commit, Consumer<String> progress) {

  /**
   * The outcome of a measurement.
   *
   * @param name of its files
   * @param table for the reader, in Markdown
   * @param figure of the table
   * @param sound whether everything that is installed works and all sides compute the same
   */
  public record Outcome(String name, String table, Figure figure, boolean sound) {}

  /**
   * This project, DJL's blocks and Python against each other.
   *
   * @param workload what all train, in 32 and in 64 bits
   * @param only the beginnings of the variants' names; none: all
   * @param python of the environment with the peers' packages; where it does not exist, they are
   *     left out
   * @param scripts the folder of the peers
   * @param memorySteps over how many steps memory is watched; 0: not at all
   * @param jmh the class path of JMH and the conversions' benchmark, if they are to be timed
   * @throws IllegalArgumentException if no variant has such a name
   */
  public Outcome compare(
      Workload workload,
      List<String> only,
      Path python,
      Path scripts,
      int memorySteps,
      Optional<String> jmh)
      throws IOException, InterruptedException {
    Path reference = folder.resolve("reference");
    List<Variant> variants =
        chosen(Variant.all(workload, new Peers(python, scripts, reference)), only);
    if (variants.stream().anyMatch(Variant::inPython)) {
      Reference.write(workload, EmbeddedSample.load(), reference);
    }
    Rounds rounds = rounds();
    Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<LossCheck> checks = measure(rounds, variants, precision -> repetitions);
    List<MemoryGrowth> growths =
        memorySteps == 0 ? List.of() : growths(workload, variants, memorySteps);
    List<Conversions.Time> times =
        jmh.isEmpty() ? List.of() : Conversions.measure(jmh.get(), folder.resolve("logs"));
    Results results = results(began, repetitions, rounds, checks, growths, times);
    return write(
        "benchmark",
        results,
        Bar.of(results.measured()),
        MarkdownReport.of(results),
        BenchmarkFigure.speeds(results));
  }

  /** Rounds of this benchmark. */
  Rounds rounds() {
    return new Rounds(folder.resolve("logs"), progress);
  }

  /**
   * Measures the variants, one number type after the other.
   *
   * @param repetitions of a number type
   * @return a check for each number type that several sides train in
   */
  static List<LossCheck> measure(
      Rounds rounds, List<Variant> variants, Function<Precision, Repetitions> repetitions)
      throws IOException, InterruptedException {
    List<LossCheck> checks = new ArrayList<>();
    for (Precision precision : precisions(variants)) {
      rounds.measure(
          variants.stream().filter(v -> v.workload().precision() == precision).toList(),
          repetitions.apply(precision));
      checks.add(LossCheck.of(precision, rounds.measured()));
    }
    // A single side always agrees with itself.
    checks.removeIf(check -> check.sides() < 2);
    return checks;
  }

  /** The number types that the variants train in, in their order. */
  static List<Precision> precisions(List<Variant> variants) {
    return variants.stream().map(v -> v.workload().precision()).distinct().toList();
  }

  static List<Variant> chosen(List<Variant> all, List<String> only) {
    for (String beginning : only) {
      if (all.stream().noneMatch(variant -> variant.id().startsWith(beginning))) {
        throw new IllegalArgumentException(
            "no variant's name begins with '%s'; there are %s"
                .formatted(
                    beginning, all.stream().map(Variant::id).collect(Collectors.joining(", "))));
      }
    }
    return all.stream()
        .filter(v -> only.isEmpty() || only.stream().anyMatch(v.id()::startsWith))
        .toList();
  }

  /** On a small network: what a step leaks does not depend on the network's size. */
  private List<MemoryGrowth> growths(Workload workload, List<Variant> variants, int steps)
      throws IOException {
    Workload small = new Workload(8, 1, 32, Precision.FLOAT32, workload.threads());
    List<MemoryGrowth> growths = new ArrayList<>();
    for (EngineName engine : EngineName.values()) {
      Variant variant = Variant.explr(engine, small);
      if (engine.available() && variants.stream().anyMatch(v -> v.id().equals(variant.id()))) {
        progress.accept(variant.title() + ": memory over " + steps + " steps");
        Path log = folder.resolve("logs").resolve(variant.id() + "-memory.log");
        growths.add(MemoryGrowth.of(variant, steps, log));
      }
    }
    return growths;
  }

  /** This project's step against depth, width, batch and threads. */
  public Outcome scale(EngineName engine, Workload base) throws IOException, InterruptedException {
    Rounds rounds = rounds();
    Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    rounds.measure(Scaling.variants(engine, base), repetitions);
    Results results = results(began, repetitions, rounds, List.of(), List.of(), List.of());
    return write(
        "scaling",
        results,
        List.of(),
        MarkdownReport.scaling(results),
        BenchmarkFigure.scaling(results, base));
  }

  /** What a whole run costs in addition to its bare steps, with weight decay and without. */
  public Outcome overhead(EngineName engine, Workload workload)
      throws IOException, InterruptedException {
    Repetitions turns = Overhead.repetitions(repetitions, workload);
    Path stores = folder.resolve("stores");
    Rounds rounds = rounds();
    Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try {
      rounds.measure(Overhead.variants(engine, workload, stores), turns);
    } finally {
      delete(stores);
    }
    Results results =
        results(
            began,
            turns,
            rounds,
            List.of(LossCheck.of(workload.precision(), rounds.measured())),
            List.of(),
            List.of());
    return write(
        "overhead",
        results,
        Bar.ofOverhead(results.measured()),
        MarkdownReport.overhead(results),
        BenchmarkFigure.speeds(results));
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /**
   * The results of rounds.
   *
   * @throws IllegalStateException if nothing was measured
   */
  Results results(
      Instant began,
      Repetitions turns,
      Rounds rounds,
      List<LossCheck> checks,
      List<MemoryGrowth> growths,
      List<Conversions.Time> times) {
    Results results =
        new Results(
            began,
            Machine.here(),
            commit,
            turns,
            rounds.measured(),
            rounds.leftOut(),
            checks,
            growths,
            times);
    if (results.measured().isEmpty()) {
      throw new IllegalStateException(
          "nothing could be measured: "
              + results.leftOut().stream()
                  .map(out -> out.variant().id() + ": " + out.reason())
                  .collect(Collectors.joining("; ")));
    }
    return results;
  }

  private Outcome write(String name, Results results, List<Bar> bars, String table, Figure figure)
      throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve(name + ".md"), table);
    AtomicFile.write(folder.resolve(name + ".csv"), CsvReport.of(results));
    AtomicFile.write(folder.resolve(name + ".json"), JsonReport.of(results, bars));
    return new Outcome(name, table, figure, results.sound());
  }
}
