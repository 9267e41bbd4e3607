package explr.benchmark;

import explr.engine.Precision;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Made-up measurements. */
final class Made {

  private Made() {}

  static Variant variant(String id, Variant.Side side, Precision precision) {
    Workload workload = Workload.ofThePaper(precision, 2);
    return new Variant(
        id, id, side, workload, workload.gigaflopsPerStep(), List.of("none"), Map.of());
  }

  /** One step of 128 images a turn, in these seconds. */
  static Measured measured(Variant variant, double... secondsPerTurn) {
    return measured(variant, List.of(2.0, 1.5), secondsPerTurn);
  }

  static Measured measured(Variant variant, List<Double> losses, double... secondsPerTurn) {
    return new Measured(
        variant,
        "made up",
        1,
        secondsPerTurn,
        losses,
        new double[] {4},
        OptionalDouble.of(500),
        OptionalDouble.empty());
  }
}
