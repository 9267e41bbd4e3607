package explr.schedule;

import java.util.Arrays;
import java.util.List;

/**
 * A value that is divided by the same number at every milestone: η_t = initial / divisor^k, where k
 * milestones are ≤ t.
 *
 * <p>{@code StepDecay.from(0.1).dividedBy(10).after(80, 120)} is 0.1 at 0 … 79, 0.01 at 80 … 119,
 * and 0.001 from 120 on. Li &amp; Arora 2020, Definition 2.11, with equal ratios.
 *
 * @param initial the value before the first milestone, ≥ 0
 * @param divisor by what each milestone divides the value, &gt; 0
 * @param milestones in ascending order without repetition, each ≥ 1; may be empty
 */
public record StepDecay(double initial, double divisor, List<Long> milestones)
    implements KnownSchedule {

  /** Refuses values outside the ranges above and milestones out of order. */
  public StepDecay {
    Require.nonNegative("the initial value", initial);
    Require.positive("the divisor", divisor);
    milestones = List.copyOf(milestones);
    long previous = 0;
    for (long milestone : milestones) {
      if (milestone <= previous) {
        throw new IllegalArgumentException(
            "milestones must be at least 1 and ascend: %d follows %d in %s"
                .formatted(milestone, previous, milestones));
      }
      previous = milestone;
    }
  }

  /** The value before the first milestone; without milestones it stays. */
  public static StepDecay from(double initial) {
    return new StepDecay(initial, 1, List.of());
  }

  /** The same, divided by another number at each milestone. */
  public StepDecay dividedBy(double divisor) {
    return new StepDecay(initial, divisor, milestones);
  }

  /** The same, multiplied by a factor at each milestone, as 0.2 or 0.97. */
  public StepDecay multipliedBy(double factor) {
    Require.positive("the factor", factor);
    return dividedBy(1 / factor);
  }

  /** The same with other milestones: the first iterations (or epochs) with a new value. */
  public StepDecay after(long... milestones) {
    return new StepDecay(initial, divisor, Arrays.stream(milestones).boxed().toList());
  }

  @Override
  public double at(long iteration) {
    return initial / Math.pow(divisor, passed(iteration));
  }

  @Override
  public double logAt(long iteration) {
    double value = at(iteration);
    return value >= Double.MIN_NORMAL && value <= Double.MAX_VALUE
        ? Math.log(value)
        : Math.log(initial) - passed(iteration) * Math.log(divisor);
  }

  private int passed(long iteration) {
    Require.iteration(iteration);
    int passed = 0;
    while (passed < milestones.size() && milestones.get(passed) <= iteration) {
      passed++;
    }
    return passed;
  }
}
