package explr.benchmark;

import explr.statistics.Bound;
import explr.statistics.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The performance targets of this project on a GPU. */
final class GpuBars {

  /** A number type with what chooses algorithms, as variants are named. */
  private enum Mode {
    TF32_FAST("TF32, fast", "tf32-fast"),
    TF32("TF32, deterministic", "tf32-deterministic"),
    FLOAT32("float32, deterministic", "float32-deterministic");

    private final String title;
    private final String suffix;

    Mode(String title, String suffix) {
      this.title = title;
      this.suffix = suffix;
    }

    String variant(String kind) {
      return "explr-" + kind + "-" + suffix;
    }
  }

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
    String fast = Mode.TF32_FAST.variant("program");
    List<Bar> bars = new ArrayList<>();
    bars.add(
        speed("TF32, fast: step against Python's CUDA graph", 1.0, fast, "pytorch-graph-tf32"));
    bars.add(
        speed(
            "TF32, fast: step against Python's torch.compile and CUDA graph",
            0.9,
            fast,
            "pytorch-compile-tf32"));
    for (String layout : List.of("", "-nchw")) {
      bars.add(
          speed(
              "float32, deterministic: step against Python's deterministic CUDA graph"
                  + (layout.isEmpty() ? " in channels_last" : " in NCHW"),
              1.0,
              Mode.FLOAT32.variant("program"),
              "pytorch-deterministic" + layout + "-float32"));
    }
    bars.add(
        speed(
            "float32: operation by operation against Python eager",
            0.95,
            Mode.FLOAT32.variant("eager"),
            "pytorch-eager-float32"));
    for (Mode mode : Mode.values()) {
      bars.add(overhead(mode));
      bars.add(together(mode));
      bars.add(paper(mode));
    }
    return List.copyOf(bars);
  }

  private Bar speed(String what, double limit, String mine, String theirs) {
    return new Bar(what, Bound.atLeast(limit), ratio(mine, theirs));
  }

  private Bar overhead(Mode mode) {
    return new Bar(
        mode.title + ": time of a whole run's step over that of the bare step",
        Bound.atMost(1.10),
        ratio(mode.variant("program"), mode.variant("run")));
  }

  private Bar together(Mode mode) {
    return new Bar(
        mode.title + ": images per second of the best number of runs at a time over those of one",
        Bound.atLeast(2.0),
        GpuVariants.SEVERAL.stream()
            .mapToDouble(runs -> gain(mode, runs))
            .filter(Double::isFinite)
            .max());
  }

  private OptionalDouble ratio(String mine, String theirs) {
    return Bar.speedRatio(mine, theirs, measured);
  }

  /** Images per second of so many runs at a time over those of one; NaN if not measured. */
  private double gain(Mode mode, int runs) {
    return runs == 1
        ? 1
        : ratio(mode.variant("several-" + runs), mode.variant("program")).orElse(Double.NaN);
  }

  private Bar paper(Mode mode) {
    OptionalDouble perStep =
        Measured.find(mode.variant("run"), measured).stream()
            .mapToDouble(found -> Spread.of(found.millisecondsPerStep()).median() / 1000)
            .findFirst();
    OptionalDouble minutes =
        perStep.isEmpty() || paper.isEmpty()
            ? OptionalDouble.empty()
            : IntStream.concat(
                    IntStream.of(1), GpuVariants.SEVERAL.stream().mapToInt(count -> count))
                .filter(runs -> Double.isFinite(gain(mode, runs)))
                .mapToDouble(
                    runs -> paper.get().minutes(runs, perStep.getAsDouble(), gain(mode, runs)))
                .min();
    return new Bar(
        mode.title + ": minutes for all six figures of the paper, computed",
        Bound.atMost(40),
        minutes);
  }
}
