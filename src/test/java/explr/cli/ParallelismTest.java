package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelismTest {

  @ParameterizedTest
  @CsvSource({
    // jobs and threads given, runs, processors; jobs and threads that follow
    ", , 2, 2, 2, 1",
    ", , 6, 2, 2, 1",
    ", , 1, 2, 1, 2",
    ", , 2, 8, 2, 4",
    ", , 3, 8, 3, 2",
    ", 2, 6, 8, 4, 2",
    ", 4, 6, 2, 1, 4",
    "1, , 6, 2, 1, 2",
    "3, 1, 6, 2, 3, 1",
    ", , 2, 1, 1, 1",
  })
  void dividesProcessorsBetweenRuns(
      Integer jobs, Integer threads, int runs, int processors, int together, int each) {
    assertThat(Parallelism.of(jobs, threads, runs, processors))
        .isEqualTo(new Parallelism(together, each));
  }

  @Test
  void refusesFewerThanOne() {
    assertThatThrownBy(() -> Parallelism.of(0, null, 2, 2)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> Parallelism.of(null, -1, 2, 2)).hasMessageContaining("not -1");
  }

  @Test
  void refusesMoreThreadsThanAnEngineCanStart() {
    assertThatThrownBy(() -> Parallelism.of(null, 1000, 2, 2))
        .hasMessageStartingWith("--threads must be at most 256, not 1000");
    assertThat(Parallelism.of(1, 256, 2, 2).threads()).isEqualTo(256);
  }
}
