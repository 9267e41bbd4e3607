package explr.benchmark;

import explr.engine.Precision;
import explr.statistics.Spread;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the losses that all sides compute for the same first batches from the same weights. The
 * second loss follows a step, so it also compares gradients and optimizer.
 *
 * @param precision number type of the compared sides
 * @param sides number of compared sides
 * @param deviation the largest relative deviation of a loss from the median of all sides; for the
 *     second loss, a tenth of it
 * @param farthest the side with this deviation
 */
record LossCheck(Precision precision, int sides, double deviation, String farthest) {

  /**
   * A step at rate 0.1 amplifies rounding errors: in float32 the first losses of PreResNet-32 on
   * MXNet and PyTorch differ by 6e-8, the second by 8e-5. Rounding the inputs of its convolutions
   * as TF32 does, emulated on a CPU with batches of 128 and three seeds, changes the first losses
   * by at most 2e-5 and the second by 6e-4; on an H200 they deviated by 3.4e-5 at most.
   */
  private static final double AMPLIFICATION = 10;

  /** Compares the variants of a number type that train. */
  static LossCheck of(Precision precision, List<Measured> measured) {
    List<Measured> sides =
        measured.stream()
            .filter(m -> m.variant().trains() && m.variant().workload().precision() == precision)
            .toList();
    Map<String, List<Double>> losses = new LinkedHashMap<>();
    sides.forEach(side -> losses.put(side.variant().id(), side.losses()));
    return of(precision, losses);
  }

  /** Compares losses, given by the id of their variant. */
  static LossCheck of(Precision precision, Map<String, List<Double>> losses) {
    return losses.keySet().stream()
        .map(id -> new LossCheck(precision, losses.size(), deviation(id, losses), id))
        .max(Comparator.comparingDouble(LossCheck::deviation))
        .orElse(new LossCheck(precision, 0, 0, ""));
  }

  private static double deviation(String id, Map<String, List<Double>> losses) {
    double largest = 0;
    for (int i = 0; i < Worker.LOSSES; i++) {
      int step = i;
      double mine = losses.get(id).get(step);
      if (!Double.isFinite(mine)) {
        return Double.POSITIVE_INFINITY;
      }
      double median =
          Spread.of(
                  losses.values().stream()
                      .mapToDouble(all -> all.get(step))
                      .filter(Double::isFinite)
                      .toArray())
              .median();
      largest = Math.max(largest, Math.abs(mine - median) / median / Math.pow(AMPLIFICATION, step));
    }
    return largest;
  }

  /** The largest deviation attributed to rounding. */
  double tolerance() {
    return switch (precision) {
      case FLOAT32 -> 1e-4;
      case FLOAT64 -> 1e-10;
      case TF32 -> Math.scalb(1.0, -11);
    };
  }

  /** Whether rounding explains the deviation; false if a loss is not finite. */
  boolean holds() {
    return deviation <= tolerance();
  }
}
