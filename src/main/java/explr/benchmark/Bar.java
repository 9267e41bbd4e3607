package explr.benchmark;

import explr.engine.Precision;
import explr.statistics.Bound;
import explr.statistics.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * A performance target of this project, on two cores and the paper's workload.
 *
 * @param what is compared
 * @param bound that the value should meet
 * @param value the measured value; empty unless both sides were measured
 */
record Bar(String what, Bound bound, OptionalDouble value) {

  private static final String MXNET = "explr-mxnet";
  private static final String EAGER = "pytorch-eager";

  /** The targets of the comparison with Python and DJL. */
  static List<Bar> of(List<Measured> measured) {
    List<Bar> bars = new ArrayList<>();
    bars.add(speed("MXNet against Python PyTorch eager", 1.25, MXNET, EAGER, measured));
    bars.add(speed("MXNet against Python MXNet tuned", 1.05, MXNET, "mxnet-tuned", measured));
    bars.add(
        new Bar(
            "MXNet against the fastest float32 variant in Python",
            Bound.atLeast(0.93),
            compare(Measured.find(MXNET, measured), fastest(measured), Bar::speed)));
    bars.add(
        new Bar(
            "MXNet's operations a second against oneDNN's GEMM",
            Bound.atLeast(0.6),
            compare(
                Measured.find(MXNET, measured),
                Measured.find("onednn-gemm", measured),
                Bar::operations)));
    bars.add(
        speed(
            "MXNet float64 against Python PyTorch eager float64",
            1.4,
            MXNET + "-float64",
            EAGER + "-float64",
            measured));
    bars.add(speed("PyTorch engine against Python eager", 0.95, "explr-pytorch", EAGER, measured));
    bars.add(
        new Bar(
            "MXNet's peak memory against Python PyTorch eager",
            Bound.atMost(0.6),
            compare(Measured.find(MXNET, measured), Measured.find(EAGER, measured), Bar::memory)));
    OptionalDouble start =
        Measured.find(MXNET, measured).stream()
            .mapToDouble(m -> Spread.of(m.secondsToFirstStep()).median())
            .findFirst();
    bars.add(
        new Bar("MXNet, from the start to the first finished step (s)", Bound.atMost(6), start));
    return bars;
  }

  /** The targets of the overhead of a run over its bare steps. */
  static List<Bar> ofOverhead(List<Measured> measured) {
    Optional<Measured> step = Measured.find(Overhead.Part.BARE_STEP.id(), measured);
    Optional<Measured> decay = Measured.find(Overhead.Part.RUN_WITH_DECAY.id(), measured);
    Optional<Measured> exponential = Measured.find(Overhead.Part.RUN_EXPONENTIAL.id(), measured);
    return List.of(
        new Bar(
            "time of a whole run's step over that of the bare step",
            Bound.atMost(1.03),
            compare(step, decay, Bar::speed)),
        new Bar(
            "time at an exponential rate over that with weight decay, distance from 1",
            Bound.atMost(0.02),
            compare(
                decay,
                exponential,
                (mine, theirs) ->
                    OptionalDouble.of(Math.abs(mine.speedAgainst(theirs).median() - 1)))));
  }

  private static Bar speed(
      String what, double limit, String mine, String theirs, List<Measured> measured) {
    return new Bar(what, Bound.atLeast(limit), speedRatio(mine, theirs, measured));
  }

  /** The speed of one variant over that of another; empty unless both were measured. */
  static OptionalDouble speedRatio(String mine, String theirs, List<Measured> measured) {
    return compare(Measured.find(mine, measured), Measured.find(theirs, measured), Bar::speed);
  }

  private static OptionalDouble compare(
      Optional<Measured> mine,
      Optional<Measured> theirs,
      BiFunction<Measured, Measured, OptionalDouble> how) {
    return mine.isEmpty() || theirs.isEmpty()
        ? OptionalDouble.empty()
        : how.apply(mine.get(), theirs.get());
  }

  private static OptionalDouble speed(Measured mine, Measured theirs) {
    return OptionalDouble.of(mine.speedAgainst(theirs).median());
  }

  private static OptionalDouble operations(Measured mine, Measured theirs) {
    return OptionalDouble.of(
        Spread.of(mine.gigaflopsPerSecond()).median()
            / Spread.of(theirs.gigaflopsPerSecond()).median());
  }

  private static OptionalDouble memory(Measured mine, Measured theirs) {
    return mine.peakMegabytes().isEmpty() || theirs.peakMegabytes().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            mine.peakMegabytes().getAsDouble() / theirs.peakMegabytes().getAsDouble());
  }

  private static Optional<Measured> fastest(List<Measured> measured) {
    return measured.stream()
        .filter(m -> m.variant().side() == Variant.Side.PYTHON)
        .filter(m -> m.variant().workload().precision() == Precision.FLOAT32)
        .max(Comparator.comparingDouble(m -> Spread.of(m.imagesPerSecond()).median()));
  }

  /** Whether more is better. */
  boolean atLeast() {
    return bound.high() == Double.POSITIVE_INFINITY;
  }

  /** The finite end of the bound. */
  double limit() {
    return atLeast() ? bound.low() : bound.high();
  }

  /** {@code met}, {@code missed} or {@code not measured}. */
  String verdict() {
    if (value.isEmpty()) {
      return "not measured";
    }
    return bound.holds(value.getAsDouble()) ? "met" : "missed";
  }
}
