package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.data.EmbeddedSample;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.training.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With epochs of 10 steps. */
class OverheadTest {

  private static final Workload SMALL = new Workload(8, 1, 32, Precision.FLOAT32, 1);
  private static final Workload LARGE = new Workload(8, 1, 500, Precision.FLOAT32, 1);

  @TempDir private Path folder;

  private static Task task() {
    return SMALL.task(EmbeddedSample.load().first(320, 40), EngineName.auto());
  }

  private static double[] losses(Stepper stepper, int steps) throws Exception {
    double[] losses = new double[steps];
    try (stepper) {
      for (int i = 0; i < steps; i++) {
        losses[i] = stepper.step();
      }
    }
    return losses;
  }

  private long stored(String name) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(name)).count();
    }
  }

  @Test
  void allPartsTakeTheSameFirstSteps() throws Exception {
    double[] bare = losses(new BareStepper(task()), Worker.LOSSES);
    double[] decay = losses(RunStepper.withoutEvaluation(task(), false, folder), Worker.LOSSES);
    double[] exponential =
        losses(RunStepper.withoutEvaluation(task(), true, folder), Worker.LOSSES);
    assertThat(decay).containsExactly(bare);
    assertThat(exponential).containsExactly(bare, within(1e-3));
    assertThat(exponential[0]).isEqualTo(bare[0]);
  }

  @Test
  void aWholeRunMeasuresAndSavesItsPeriods() throws Exception {
    losses(RunStepper.withoutEvaluation(task(), true, folder), 21);
    assertThat(stored("measurement.csv")).isEqualTo(2);
    assertThat(stored("state.bin")).isEqualTo(2);
  }

  @Test
  void aTurnHasTheEndOfOnePeriod() {
    Repetitions plan = Overhead.repetitions(new Repetitions(3, 5, 2), LARGE);
    assertThat(plan.stepsPerTurn(100)).isEqualTo(10);
    assertThat(plan.rounds()).isEqualTo(3);
  }

  @Test
  @Tag("slow")
  void theTableHasBothBarsAndNoRunIsLeft() throws Exception {
    Benchmark benchmark =
        new Benchmark(new Repetitions(2, 1, 1), folder, Optional.of("abc"), line -> {});
    Benchmark.Outcome outcome = benchmark.overhead(EngineName.auto(), LARGE);
    assertThat(outcome.sound()).isTrue();
    assertThat(outcome.table())
        .contains("the bare step", "3 sides in float32", "10 steps", "≤ 1.03", "≤ 0.02")
        .doesNotContain("not measured");
    assertThat(folder.resolve("stores")).doesNotExist();
    assertThat(folder.resolve("overhead.json")).content().contains("run-exponential", "at_most");
  }
}
