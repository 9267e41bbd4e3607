package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.experiment.Profile;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelismTest {

  private static final OptionalInt ON_CPU = OptionalInt.empty();

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
    assertThat(Parallelism.of(jobs, threads, runs, ON_CPU, processors))
        .isEqualTo(new Parallelism(together, each));
  }

  @ParameterizedTest
  @CsvSource({
    // jobs given, runs, fitting, processors; jobs and threads that follow
    ", 9, 4, 16, 4, 4",
    ", 2, 4, 16, 2, 8",
    ", 9, 1, 16, 1, 16",
    "6, 9, 4, 16, 6, 2",
    ", 9, 4, 2, 4, 1",
  })
  void aGpuTrainsAsManyRunsAsFit(
      Integer jobs, int runs, int fitting, int processors, int together, int each) {
    assertThat(Parallelism.of(jobs, null, runs, OptionalInt.of(fitting), processors))
        .isEqualTo(new Parallelism(together, each));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 80e9, 4",
    "1, 8.5e9, 4",
    "1, 6.1e9, 3",
    "1, 1e9, 1",
    "4, 24e9, 3",
    "4, 80e9, 4",
    "20, 24e9, 1",
  })
  void widerNetworksAndSmallerCardsFitFewerRuns(int width, double bytes, int fitting) {
    Profile paper = Profile.of("paper");
    Profile wide =
        new Profile(
            paper.name(),
            paper.trainImages(),
            paper.testImages(),
            paper.depth(),
            width,
            paper.batchSize(),
            paper.measurementsPerEpoch(),
            paper.epochs(),
            paper.milestones(),
            paper.learningRate(),
            paper.weightDecay(),
            paper.momentum(),
            paper.changes());
    assertThat(Parallelism.fitting(wide, (long) bytes)).isEqualTo(fitting);
  }

  @Test
  void refusesFewerThanOne() {
    assertThatThrownBy(() -> Parallelism.of(0, null, 2, ON_CPU, 2)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> Parallelism.of(null, -1, 2, ON_CPU, 2)).hasMessageContaining("not -1");
  }

  @Test
  void refusesMoreThreadsThanAnEngineCanStart() {
    assertThatThrownBy(() -> Parallelism.of(null, 1000, 2, ON_CPU, 2))
        .hasMessageStartingWith("--threads must be at most 256, not 1000");
    assertThat(Parallelism.of(1, 256, 2, ON_CPU, 2).threads()).isEqualTo(256);
  }
}
