package explr.benchmark;

import explr.machine.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The measurements of one call of the benchmark.
 *
 * @param began the time of its start
 * @param machine that measured
 * @param commit of this project's sources, if known
 * @param repetitions numbers of rounds, steps and starts
 * @param measured in the order in which they took turns
 * @param leftOut variants that were not measured
 * @param lossChecks one for each number type
 * @param growths of memory
 * @param conversions times of conversions, if they were measured
 */
record Results(
    Instant began,
    Machine machine,
    Optional<String> commit,
    Repetitions repetitions,
    List<Measured> measured,
    List<LeftOut> leftOut,
    List<LossCheck> lossChecks,
    List<MemoryGrowth> growths,
    List<Conversions.Time> conversions) {

  /** Whether everything that is installed works and all sides compute the same. */
  boolean sound() {
    return lossChecks.stream().allMatch(LossCheck::holds)
        && leftOut.stream().noneMatch(LeftOut::failed);
  }
}
