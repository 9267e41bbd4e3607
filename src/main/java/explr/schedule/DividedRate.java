package explr.schedule;

import java.util.List;

/**
 * Rates whose learning rate is divided at milestones, everything else being left as it is.
 *
 * <p>Of an exponential rate this keeps the exponent. Its growing weights are then those of a run
 * with the rate divided and the weight decay multiplied by the divisor (Li &amp; Arora 2020, Figure
 * 4), up to what the momentum buffer holds at the milestone: η_t = η_t of the rates / divisor^k,
 * where k milestones are ≤ t.
 *
 * @param rates whose learning rate is divided
 * @param divisor by what each milestone divides it, &gt; 0
 * @param milestones in ascending order
 */
public record DividedRate(Rates rates, double divisor, List<Long> milestones)
    implements ForwardingRates {

  /** Refuses a divisor that is not positive. */
  public DividedRate {
    Require.positive("the divisor", divisor);
    milestones = List.copyOf(milestones);
  }

  @Override
  public double logLearningRate(long iteration) {
    long passed = passed(iteration);
    return passed == 0
        ? rates.logLearningRate(iteration)
        : rates.logLearningRate(iteration) - passed * Math.log(divisor);
  }

  @Override
  public double learningRate(long iteration) {
    long passed = passed(iteration);
    return passed == 0
        ? rates.learningRate(iteration)
        : rates.learningRate(iteration) / Math.pow(divisor, passed);
  }

  private long passed(long iteration) {
    return milestones.stream().filter(milestone -> milestone <= iteration).count();
  }
}
