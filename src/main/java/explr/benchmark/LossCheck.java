package explr.benchmark;

import explr.engine.Precision;
import explr.statistics.Spread;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether all sides compute the same: from the same weights, the losses of the same first batches.
 * The second loss comes after a step, so that gradients and the optimizer are compared, too.
 *
 * @param precision of those who are compared
 * @param sides how many are
 * @param deviation the largest relative deviation of a first loss from the median of all sides; one
 *     after a step counts a tenth
 * @param farthest whose it is
 */
record LossCheck(Precision precision, int sides, double deviation, String farthest) {

  /**
   * A step at a rate of 0.1 multiplies rounding: in 32 bits, where first losses of PreResNet-32 on
   * MXNet and PyTorch lie 6e-8 apart, the second lie 8e-5.
   */
  private static final double AMPLIFICATION = 10;

  /** Compares those of a number type that train. */
  static LossCheck of(Precision precision, List<Measured> measured) {
    List<Measured> sides =
        measured.stream()
            .filter(m -> m.variant().trains() && m.variant().workload().precision() == precision)
            .toList();
    Map<String, List<Double>> losses = new LinkedHashMap<>();
    sides.forEach(side -> losses.put(side.variant().id(), side.losses()));
    return of(precision, losses);
  }

  /** Compares losses by the name of who computed them. */
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

  /** The largest deviation that rounding explains. */
  double tolerance() {
    return precision == Precision.FLOAT64 ? 1e-10 : 1e-4;
  }

  /** Whether rounding explains it; not so where a loss is no finite number. */
  boolean holds() {
    return deviation <= tolerance();
  }
}
