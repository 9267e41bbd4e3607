package explr.benchmark;

import explr.engine.Precision;
import explr.measurement.Spread;
import java.util.Comparator;
import java.util.List;

/**
 * Whether all sides compute the same: from the same weights, the losses of the same first batches.
 * The second loss comes after a step, so that gradients and the optimizer are compared, too.
 *
 * @param precision of those who are compared
 * @param sides how many are
 * @param deviation the largest relative deviation of a loss from the median of all sides
 * @param farthest whose it is
 */
record LossCheck(Precision precision, int sides, double deviation, String farthest) {

  /** Compares those of a number type that train. */
  static LossCheck of(Precision precision, List<Measured> measured) {
    List<Measured> sides =
        measured.stream()
            .filter(m -> m.variant().trains() && m.variant().workload().precision() == precision)
            .toList();
    return sides.stream()
        .map(side -> new LossCheck(precision, sides.size(), deviation(side, sides), id(side)))
        .max(Comparator.comparingDouble(LossCheck::deviation))
        .orElse(new LossCheck(precision, 0, 0, ""));
  }

  private static String id(Measured side) {
    return side.variant().id();
  }

  private static double deviation(Measured side, List<Measured> sides) {
    double largest = 0;
    for (int i = 0; i < Worker.LOSSES; i++) {
      int step = i;
      double[] losses =
          sides.stream().mapToDouble(s -> s.losses().get(step)).filter(Double::isFinite).toArray();
      double mine = side.losses().get(step);
      if (!Double.isFinite(mine)) {
        return Double.POSITIVE_INFINITY;
      }
      double median = Spread.of(losses).median();
      largest = Math.max(largest, Math.abs(mine - median) / median);
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
