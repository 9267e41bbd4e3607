package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.experiment.Segment;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanCostTest {

  private static Segment segment(int periods, OptionalInt parent) {
    return new Segment(null, 1, periods, parent, List.of(), Set.of());
  }

  /** Two trees: 4, then 10 or 2; and 6. */
  private static final List<Segment> SEGMENTS =
      List.of(
          segment(4, OptionalInt.empty()),
          segment(10, OptionalInt.of(0)),
          segment(2, OptionalInt.of(0)),
          segment(6, OptionalInt.empty()));

  @Test
  void moreJobsDoNotShortenTheLongestRow() {
    PlanCost.Work work = PlanCost.Work.of(SEGMENTS, Segment::periods);
    assertThat(work).isEqualTo(new PlanCost.Work(22, 14));
    assertThat(work.inARow(1)).isEqualTo(22);
    assertThat(work.inARow(2)).isEqualTo(14);
    assertThat(work.inARow(9)).isEqualTo(14);
  }

  @Test
  void whatIsLeftOfARowCounts() {
    PlanCost.Work left = PlanCost.Work.of(SEGMENTS, s -> s.periods() == 4 ? 0 : s.periods());
    assertThat(left).isEqualTo(new PlanCost.Work(18, 10));
    PlanCost cost = new PlanCost(PlanCost.Work.of(SEGMENTS, Segment::periods), left, 0.5);
    assertThat(cost.seconds(2)).isCloseTo(7, within(1e-12));
    assertThat(cost.secondsLeft(1)).isCloseTo(9, within(1e-12));
  }

  @Test
  void moreRunsThanProcessorsGetOnNoFaster() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(new Parallelism(processors + 5, 1).atOnce()).isEqualTo(processors);
    assertThat(new Parallelism(1, processors + 1).atOnce()).isEqualTo(1);
  }
}
