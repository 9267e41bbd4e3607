package explr.benchmark;

import explr.statistics.Bound;
import explr.statistics.Spread;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The performance targets of this project on a GPU. */
final class GpuBars {

  private static final String PROGRAM = "explr-program-tf32-fast";
  private static final String RUN = "explr-run-tf32-fast";
  private static final String STRICT = "explr-program-float32-deterministic";
  private static final String STRICT_RUN = "explr-run-float32-deterministic";

  private final List<Measured> measured;
  private final Optional<PaperWork> paper;

  private GpuBars(List<Measured> measured, Optional<PaperWork> paper) {
    this.measured = measured;
    this.paper = paper;
  }

  /**
   * The targets, with the values that follow from measurements on one GPU.
   *
   * @param paper the training behind the paper's figures; empty for another network or batch
   */
  static List<Bar> of(List<Measured> measured, Optional<PaperWork> paper) {
    return new GpuBars(measured, paper).all();
  }

  private List<Bar> all() {
    return List.of(
        speed("TF32, fast: step against Python's CUDA graph", 1.0, PROGRAM, "pytorch-graph-tf32"),
        speed(
            "TF32, fast: step against Python's torch.compile and CUDA graph",
            0.9,
            PROGRAM,
            "pytorch-compile-tf32"),
        speed(
            "float32, deterministic: step against Python's deterministic CUDA graph",
            1.0,
            STRICT,
            "pytorch-deterministic-float32"),
        overhead("TF32, fast", PROGRAM, RUN),
        overhead("float32, deterministic", STRICT, STRICT_RUN),
        new Bar(
            "TF32, fast: images per second of the best number of runs at a time over those of one",
            Bound.atLeast(2.0),
            runsAtATime().mapToDouble(this::gain).filter(Double::isFinite).max()),
        speed(
            "float32: operation by operation against Python eager",
            0.95,
            "explr-eager-float32-deterministic",
            "pytorch-eager-float32"),
        paper("TF32, fast", RUN, IntStream.concat(IntStream.of(1), runsAtATime())),
        paper("float32, deterministic, one run at a time", STRICT_RUN, IntStream.of(1)));
  }

  private static IntStream runsAtATime() {
    return GpuVariants.SEVERAL.stream().mapToInt(count -> count);
  }

  private Bar speed(String what, double limit, String mine, String theirs) {
    return new Bar(what, Bound.atLeast(limit), ratio(mine, theirs));
  }

  private Bar overhead(String what, String program, String run) {
    return new Bar(
        what + ": time of a whole run's step over that of the bare step",
        Bound.atMost(1.10),
        ratio(program, run));
  }

  private OptionalDouble ratio(String mine, String theirs) {
    return Bar.speedRatio(mine, theirs, measured);
  }

  /** Images per second of so many runs at a time over those of one; NaN if not measured. */
  private double gain(int runs) {
    return runs == 1
        ? 1
        : ratio("explr-several-" + runs + "-tf32-fast", PROGRAM).orElse(Double.NaN);
  }

  private Bar paper(String what, String run, IntStream runsAtATime) {
    OptionalDouble perStep =
        Measured.find(run, measured).stream()
            .mapToDouble(found -> Spread.of(found.millisecondsPerStep()).median() / 1000)
            .findFirst();
    OptionalDouble minutes =
        perStep.isEmpty() || paper.isEmpty()
            ? OptionalDouble.empty()
            : runsAtATime
                .filter(runs -> Double.isFinite(gain(runs)))
                .mapToDouble(runs -> paper.get().minutes(runs, perStep.getAsDouble(), gain(runs)))
                .min();
    return new Bar(
        what + ": minutes for all six figures of the paper, computed", Bound.atMost(40), minutes);
  }
}
