package explr.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import explr.engine.EngineName;
import explr.engine.Precision;
import explr.network.NormLayer;
import explr.network.PlainCnn;
import explr.optimizer.Optimizer;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.training.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactnessTest {

  private static final Recipe RECIPE =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(3), 5e-3, 0.9, 6);

  private static final Optimizer MOMENTUM = new Optimizer.Momentum();

  private static Exactness report() throws InterruptedException {
    return Exactness.of(
        Tasks.small(EngineName.MXNET, Precision.FLOAT32)
            .with(PlainCnn.of(1, 1, NormLayer.group(4))),
        RECIPE,
        6);
  }

  @Test
  void theReportIsComeToAndSurvivesItsFile(@TempDir Path folder)
      throws IOException, InterruptedException {
    Exactness report = report();
    assertThat(report.lockSteps().get(Arithmetic.EXACT).runs())
        .containsExactly("TEXP++", "TEXP with corrections");
    assertThat(report.verdicts().subList(0, 4)).allMatch(Verdict::holds);
    Path file = folder.resolve("lock-step.csv");
    ExactnessTables.write(ExactnessTables.of(report), file);
    assertThat(ExactnessTables.readExactness(file)).isEqualTo(report);
    assertThat(ExactnessTables.summary(report).rowCount()).isEqualTo(2 + 2 + 4);
    assertThat(ExactnessFigure.lockStep(report, Deviation.Quantity.BUFFER).data()).hasSize(8);
  }

  @Test
  void aDeviationAboveTheBarIsSeen() throws InterruptedException {
    Exactness report = report();
    Map<Arithmetic, LockStep> worse = new EnumMap<>(report.lockSteps());
    worse.computeIfPresent(
        Arithmetic.EXACT,
        (setting, lockStep) ->
            new LockStep(
                lockStep.deviations().stream()
                    .map(d -> new Deviation(d.run(), d.iteration(), 1e-11, 0, 0, 0))
                    .toList()));
    assertThat(new Exactness(worse).verdicts().get(0).holds()).isFalse();
    assertThat(new Exactness(worse).holds()).isFalse();
  }

  @Test
  void aWrongFormThatTheComparisonDoesNotSeeFailsTheReport() throws InterruptedException {
    Exactness report = report();
    assertThat(report.smallestOfControls()).isNaN();
    String wrong = Control.P_SQUARED.title();
    for (double direction : new double[] {1e-11, 1e-9}) {
      Map<Arithmetic, LockStep> withControl = new EnumMap<>(report.lockSteps());
      withControl.put(
          Arithmetic.EXACT, new LockStep(List.of(new Deviation(wrong, 0, 1, direction, 1, 1))));
      Exactness changed = new Exactness(withControl);
      assertThat(changed.smallestOfControls()).isEqualTo(direction);
      assertThat(changed.verdicts().get(0).holds()).isEqualTo(direction > 1e-10);
    }
  }

  @Test
  void aConstantRecipeIsComparedByTheorem29Too() {
    Recipe constant = Recipe.of(0.1, 5e-3, 0.9, 6);
    assertThat(Exactness.counterparts(MOMENTUM, constant, Arithmetic.EXACT))
        .extracting(Counterpart::name)
        .containsExactly("TEXP++", "TEXP with corrections", "Theorem 2.9");
    // Above the critical value only TEXP++ exists.
    assertThat(Exactness.counterparts(MOMENTUM, Recipe.of(0.1, 0.03, 0.9, 6), Arithmetic.EXACT))
        .extracting(Counterpart::name)
        .containsExactly("TEXP++");
  }
}
