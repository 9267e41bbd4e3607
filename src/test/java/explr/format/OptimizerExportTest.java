package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.Conversion;
import explr.optimizer.Optimizer;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Normalized nets and a transformer, trained by the optimizers of PyTorch and timm with decay and
 * by exported modules: torch_optimizers_run.py, in double precision.
 */
class OptimizerExportTest {

  private static final List<String> RUNS =
      List.of(
          "two-groups", "transformer", "resume", "resume-in-another-order", "resume-at", "clip");

  private static final Schedule MOMENTUM = new Constant(0.8).during(12).then(new Constant(0.9));
  private static final Schedule BETA2 = new Constant(0.98).during(15).then(new Constant(0.99));

  @TempDir private Path folder;

  /** A warm-up from 0, a cosine, a change of decay and one of momentum. */
  private static Recipe changing(double rate, double decay) {
    return new Recipe(
        Cosine.from(rate).over(40).warmedUp(0, 6),
        StepDecay.from(decay).dividedBy(3).after(20),
        MOMENTUM,
        40);
  }

  private static ConvertedRecipe converted(
      Recipe recipe, Optimizer optimizer, Conversion conversion) {
    return ConvertedRecipe.of(new RecipeFile(recipe, optimizer, Optional.empty()), conversion);
  }

  private static Arguments of(
      Optimizer optimizer, Recipe recipe, Conversion conversion, String... controls) {
    return Arguments.of(converted(recipe, optimizer, conversion), List.of(controls));
  }

  static Stream<Arguments> optimizers() {
    Conversion following = Conversion.FOLLOWING_BUFFERS;
    return Stream.of(
        of(
            new Optimizer.AdamW(BETA2, 1e-3),
            changing(0.02, 1.5),
            following,
            "control-buffers",
            "control-epsilon",
            "control-power"),
        of(
            Optimizer.AdamW.of(0.99, 1e-3),
            Recipe.of(0.01, 1.5, 0.9, 40),
            Conversion.SMALLER_BETAS,
            "control-betas",
            "control-epsilon",
            "control-power"),
        of(
            new Optimizer.Lion(BETA2),
            changing(0.01, 3),
            following,
            "control-buffers",
            "control-power"),
        of(
            new Optimizer.SignSgd(),
            changing(0.01, 3),
            following,
            "control-buffers",
            "control-power"),
        of(
            new Optimizer.Muon(true, 0.5),
            changing(0.05, 0.6),
            following,
            "control-buffers",
            "control-epsilon",
            "control-power"),
        of(
            new Optimizer.Muon(false, 1e-7),
            changing(0.05, 0.6),
            following,
            "control-buffers",
            "control-power"),
        of(
            new Optimizer.DecoupledMomentum(),
            changing(0.05, 0.4),
            following,
            "control-buffers",
            "control-power"),
        of(
            new Optimizer.Nesterov(),
            changing(0.05, 0.02),
            Conversion.NESTEROV,
            "control-buffers",
            "control-power"));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void trainsAsTheOptimizerWithDecayAndOtherwiseWhereOneThingIsDoneWrongly(
      ConvertedRecipe converted, List<String> controls) {
    List<String> cases = new ArrayList<>(RUNS);
    cases.addAll(controls);
    cases.add("misuse");
    Map<String, List<Double>> results =
        FrameworkPython.train(
            folder, "torch_optimizers_run.py", converted.python(), "torch", cases);
    for (String run : RUNS) {
      assertThat(results.get(run)).as(run).hasSize(4).allMatch(each -> each < 1e-9);
    }
    for (String control : controls) {
      assertThat(results.get(control).get(0)).as(control).isGreaterThan(1e-4);
    }
    assertThat(results.get("misuse")).containsExactly(0.0);
  }

  /** With the standard library alone. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void computesWhatJavaComputes(ConvertedRecipe converted, List<String> controls) throws Exception {
    String script =
        converted.python()
            + """
            for t in reversed(range(ITERATIONS)): schedule(t)
            for s in map(schedule, range(ITERATIONS)):
                print(s.ln_rate if s.eta else -1e3, s.momentum, s.buffer_factor, getattr(s, "epsilon", 0.0),
                      getattr(s, "beta2", 0.0), s.ln_scale_after)
            """;
    List<double[]> lines = PlainPython.lines(folder, PlainPython.find(), script);
    assertThat(lines).hasSize(40);
    converted.forEach(
        1,
        step -> {
          double[] line = lines.get((int) step.iteration());
          assertThat(line[0]).isCloseTo(Math.max(-1e3, step.logLearningRate()), within(1e-13));
          assertThat(line[1]).isCloseTo(step.momentum(), within(1e-14));
          assertThat(line[2]).isCloseTo(step.bufferFactor(), within(1e-14));
          double epsilon = Double.isNaN(step.logEpsilon()) ? 0 : Math.exp(step.logEpsilon());
          assertThat(line[3]).isCloseTo(epsilon, within(1e-13 * epsilon));
          assertThat(line[4])
              .isCloseTo(Double.isNaN(step.beta2()) ? 0 : step.beta2(), within(1e-14));
          assertThat(line[5]).isCloseTo(step.logScaleAfter(), within(1e-13));
        });
  }

  @Test
  void kerasAndOptaxAreRefusedWithWhatToWriteInstead() {
    ConvertedRecipe converted =
        converted(changing(0.01, 1), Optimizer.Lion.of(0.99), Conversion.FOLLOWING_BUFFERS);
    for (Framework framework : List.of(Framework.KERAS, Framework.OPTAX)) {
      assertThatThrownBy(() -> converted.python(framework))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("supports only momentum SGD")
          .hasMessageContaining("write python, csv or json");
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void leavesNoNameInBraces(ConvertedRecipe converted, List<String> controls) {
    assertThat(converted.python())
        .doesNotContainPattern(
            "\\{(optimizer|notes|required|buffers|state|arguments|words|rest_group|values_of_groups|more|step_[a-z]+|ln_growth"
                + "|kappa|scales|corrects|smallest|squares|range[a-z_]*|momentum_words|scale_buffers)}");
    assertThat(converted.python().lines()).allMatch(line -> line.length() <= 120);
  }
}
