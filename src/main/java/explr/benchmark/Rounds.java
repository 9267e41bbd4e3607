package explr.benchmark;

import explr.engine.Algorithms;
import explr.engine.Precision;
import explr.text.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures variants in turns.
 *
 * <p>The speed of a machine drifts by more than variants differ. Therefore all are started and
 * warmed up first; then, round after round, each trains for some seconds while the others wait.
 * Compared measurements are seconds apart.
 */
final class Rounds {

  private static final Path MEMORY = Path.of("/proc/meminfo");

  /** Memory that a variant may need. */
  private static final double GIGABYTES_FOR_ONE = 2.5;

  /** Threads of some engines spin for up to 200 ms after their work. */
  private static final long PAUSE_MILLISECONDS = 300;

  private final Path logs;
  private final Consumer<String> progress;
  private final List<Measured> measured = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * Starts without measurements.
   *
   * @param logs folder for the output of the variants
   * @param progress receives a line for each stage
   */
  Rounds(Path logs, Consumer<String> progress) {
    this.logs = logs;
    this.progress = progress;
  }

  /** The measurements so far. */
  List<Measured> measured() {
    return List.copyOf(measured);
  }

  /** The variants that could not be measured. */
  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** Measures variants against each other. */
  void measure(List<Variant> variants, Repetitions repetitions)
      throws IOException, InterruptedException {
    Files.createDirectories(logs);
    List<Competitor> competitors = new ArrayList<>();
    Map<Competitor, double[]> starts = new LinkedHashMap<>();
    try {
      for (Variant variant : variants) {
        start(variant, repetitions.starts(), competitors, starts);
      }
      reportLosses(competitors);
      Map<Competitor, double[]> turns = takeTurns(competitors, repetitions);
      for (Competitor competitor : competitors) {
        measured.add(
            new Measured(
                competitor.variant(),
                competitor.version(),
                repetitions.stepsPerTurn(competitor.secondsPerStep()),
                turns.get(competitor),
                competitor.losses(),
                starts.get(competitor),
                competitor.peakMegabytes(),
                competitor.deviceMegabytes()));
      }
    } finally {
      competitors.forEach(Competitor::close);
    }
  }

  private void start(
      Variant variant, int times, List<Competitor> competitors, Map<Competitor, double[]> starts)
      throws IOException {
    double[] seconds = new double[times];
    Path log = logs.resolve(variant.id() + ".log");
    for (int i = 0; i < seconds.length; i++) {
      requireMemory(variant);
      try {
        Competitor competitor = new Competitor(variant, log);
        seconds[i] = competitor.secondsToFirstStep();
        if (i + 1 < seconds.length) {
          competitor.close();
        } else {
          competitors.add(competitor);
          starts.put(competitor, seconds);
          progress.accept(
              "%s: first step %s s after its start, then %s s a step"
                  .formatted(
                      variant.title(),
                      Numbers.fixed(seconds[i], 1),
                      Numbers.fixed(competitor.secondsPerStep(), 3)));
        }
      } catch (NotInstalledException e) {
        leaveOut(new LeftOut(variant, e.getMessage(), false));
        return;
      } catch (IOException e) {
        leaveOut(new LeftOut(variant, e.getMessage(), true));
        return;
      }
    }
  }

  /**
   * Reports before the rounds whether all compute the same: otherwise measuring them is a waste.
   */
  private void reportLosses(List<Competitor> competitors) {
    Map<String, List<Double>> losses = new LinkedHashMap<>();
    competitors.stream()
        .filter(competitor -> competitor.variant().trains())
        .forEach(competitor -> losses.put(competitor.variant().id(), competitor.losses()));
    boolean sameWorkload =
        competitors.stream()
                .map(c -> c.variant().workload().with(Algorithms.DETERMINISTIC))
                .distinct()
                .count()
            == 1;
    if (losses.size() > 1 && sameWorkload) {
      Precision precision = competitors.get(0).variant().workload().precision();
      LossCheck check = LossCheck.of(precision, losses);
      progress.accept(
          "first losses deviate by %s at most (%s): %s"
              .formatted(
                  Numbers.literal(check.deviation(), 2),
                  check.farthest(),
                  check.holds() ? "all compute the same" : "THEY DO NOT COMPUTE THE SAME"));
    }
  }

  private void leaveOut(LeftOut variant) {
    leftOut.add(variant);
    progress.accept(variant.variant().title() + ": left out, " + variant.reason());
  }

  private static void requireMemory(Variant variant) throws IOException {
    if (!Files.isReadable(MEMORY)) {
      return;
    }
    double available =
        Files.readString(MEMORY)
            .lines()
            .filter(line -> line.startsWith("MemAvailable:"))
            .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D+", "")) / 1e9)
            .findFirst()
            .orElse(Double.POSITIVE_INFINITY);
    if (available < GIGABYTES_FOR_ONE) {
      throw new IllegalStateException(
          ("only %s GB of memory are free before the start of %s, and swapping would measure the"
                  + " disk: compare fewer at once with --only")
              .formatted(Numbers.fixed(available, 1), variant.id()));
    }
  }

  private Map<Competitor, double[]> takeTurns(List<Competitor> competitors, Repetitions repetitions)
      throws IOException, InterruptedException {
    Map<Competitor, double[]> turns = new LinkedHashMap<>();
    competitors.forEach(competitor -> turns.put(competitor, new double[repetitions.rounds()]));
    for (int round = 0; round < repetitions.rounds(); round++) {
      for (Competitor competitor : competitors) {
        Thread.sleep(PAUSE_MILLISECONDS);
        int steps = repetitions.stepsPerTurn(competitor.secondsPerStep());
        turns.get(competitor)[round] = competitor.run(steps);
      }
      progress.accept("round " + (round + 1) + " of " + repetitions.rounds());
    }
    return turns;
  }
}
