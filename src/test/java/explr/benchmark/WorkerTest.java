package explr.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.engine.EngineName;
import explr.engine.Precision;
import explr.engine.Program;
import explr.training.Task;
import explr.training.Tasks;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variants of a GPU, on a CPU: PreResNet-8 on PyTorch, ten steps per epoch. */
class WorkerTest {

  private static final Task TASK = Tasks.small(EngineName.PYTORCH, Precision.FLOAT32);
  private static final Workload WORKLOAD = new Workload(8, 1, 8, Precision.FLOAT32, 1);

  @TempDir private Path folder;

  private Stepper stepper(String kind) throws Exception {
    return Worker.stepper(WORKLOAD, TASK, kind, "pytorch", folder.toString());
  }

  private List<Double> losses(String kind) throws Exception {
    List<Double> losses = new ArrayList<>();
    try (Stepper stepper = stepper(kind)) {
      for (int i = 0; i < Worker.LOSSES; i++) {
        losses.add(stepper.step());
      }
    }
    return losses;
  }

  @ParameterizedTest
  @ValueSource(strings = {"program", "eager", "run", "several-2"})
  void everyKindTakesTheStepsOfTheLearner(String kind) throws Exception {
    List<Double> learner = losses("learner");
    assertThat(losses(kind)).isEqualTo(learner);
    assertThat(learner.get(1)).isNotEqualTo(learner.get(0));
  }

  @Test
  void aProgramTakesAsManyStepsAsAskedFor() throws Exception {
    try (Stepper together = stepper("program");
        Stepper single = stepper("eager")) {
      together.run(35);
      for (int i = 0; i < 35; i++) {
        single.step();
      }
      assertThat(together.step()).isEqualTo(single.step());
    }
  }

  @Test
  void severalRunsShareTheStepsOfATurn() throws Exception {
    try (Stepper several = stepper("several-2");
        Stepper one = stepper("program")) {
      several.run(8);
      one.run(4);
      assertThat(several.step()).isEqualTo(one.step());
    }
    assertThatThrownBy(() -> stepper("several-1")).hasMessageContaining("not 1");
  }

  @Test
  void aRunPausesAfterTheStepsOfATurnAndEvaluatesAllTestImages() throws Exception {
    try (Stepper run = stepper("run")) {
      run.run(10);
      // The epoch is over, but its end belongs to the next turn.
      assertThat(stored("measurement.csv")).isEmpty();
      run.run(10);
      assertThat(stored("measurement.csv")).hasSize(1);
    }
    List<String> measurement = Files.readAllLines(stored("measurement.csv").get(0));
    int column = List.of(measurement.get(0).split(",", -1)).indexOf("test_accuracy");
    double accuracy = Double.parseDouble(measurement.get(1).split(",", -1)[column]);
    double correct = accuracy * TASK.data().test().size();
    assertThat(correct).isEqualTo(Math.rint(correct)).isNotIn(0.0, 40.0);
  }

  private List<Path> stored(String name) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(name)).toList();
    }
  }

  @Test
  void itAnswersOrdersUntilQuit() throws Exception {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    try (Stepper stepper = stepper("several-2")) {
      Worker.serve(
          stepper,
          new BufferedReader(new StringReader("run 3\nquit\nrun 1\n")),
          new PrintStream(answers, true, UTF_8));
    }
    List<String> lines = answers.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("@first");
    assertThat(lines.get(1)).startsWith("@ready {\"losses\":[").contains("explr on PyTorch");
    assertThat(lines.get(2)).startsWith("@ran ");
  }

  private record FixedProgram(int captures, Optional<String> eagerBecause) implements Program {
    @Override
    public void run() {}

    @Override
    public void close() {}
  }

  @Test
  void aStepThatTheGpuDidNotCaptureIsRefused() {
    assertThatThrownBy(
            () -> ProgramStepper.requireCaptured(new FixedProgram(0, Optional.of("no libcudart"))))
        .hasMessage("the GPU did not capture the step: no libcudart");
    assertThatCode(() -> ProgramStepper.requireCaptured(new FixedProgram(1, Optional.empty())))
        .doesNotThrowAnyException();
  }
}
