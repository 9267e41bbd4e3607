package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import explr.benchmark.PaperWork;
import explr.benchmark.Workload;
import explr.engine.Precision;
import org.junit.jupiter.api.Test;

class PaperPlanTest {

  private static final int STEPS_PER_EPOCH = 391;

  @Test
  void thePapersFiguresTake1578Epochs() {
    PaperWork work = PaperPlan.work(Workload.ofThePaper(Precision.FLOAT32, 1)).orElseThrow();
    assertThat(work.iterations()).isEqualTo(1578L * STEPS_PER_EPOCH);
    assertThat(work.longest()).isEqualTo(300L * STEPS_PER_EPOCH);
  }

  @Test
  void anotherNetworkOrBatchIsNotThePapers() {
    assertThat(PaperPlan.work(new Workload(20, 1, 128, Precision.FLOAT32, 1))).isEmpty();
    assertThat(PaperPlan.work(new Workload(32, 1, 64, Precision.FLOAT32, 1))).isEmpty();
  }
}
