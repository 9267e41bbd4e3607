package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.engine.Algorithms;
import explr.engine.Precision;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  @Test
  void aStepOfThePapersNetworkTakesSoManyOperationsAnImage() {
    // 69,124,736 products of numbers forward, counted by hand from the shapes of the layers.
    assertThat(Workload.ofThePaper(Precision.FLOAT32, 1).gigaflopsPerImage())
        .isCloseTo(6 * 69_124_736 / 1e9, within(1e-12));
  }

  @Test
  void itIsReadAsItWasWritten() {
    Workload workload = new Workload(20, 2, 32, Precision.FLOAT64, 3);
    assertThat(Workload.parse(workload.arguments())).isEqualTo(workload);
    assertThat(workload.onGpu()).isFalse();
    Workload onGpu = workload.on("gpu:1").with(Algorithms.FAST);
    assertThat(Workload.parse(onGpu.arguments())).isEqualTo(onGpu).isNotEqualTo(workload);
    assertThat(onGpu.onGpu()).isTrue();
  }

  @Test
  void whatCannotBeTrainedIsRefused() {
    assertThatThrownBy(() -> new Workload(9, 1, 8, Precision.FLOAT32, 1))
        .hasMessageContaining("not 9");
    assertThatThrownBy(() -> new Workload(8, 1, 0, Precision.FLOAT32, 1))
        .hasMessageContaining("not 0");
  }
}
