package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.conversion.Conversion;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalized nets with a trained last layer, in double precision: keras_run.py, optax_run.py. */
class FrameworkExportTest {

  private static final Schedule COSINE = Cosine.from(0.1).over(8).perEpoch(Epochs.of(5));

  /** Ends before the rate is 0, which a rate inside the buffer does not survive. */
  private static final Recipe CHANGING =
      new Recipe(
          COSINE.warmedUp(0, 6),
          StepDecay.from(5e-3).multipliedBy(0.3).after(20),
          new Constant(0.8).during(12).then(new Constant(0.9)),
          38);

  private static final Recipe STEPS =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(15, 30), 5e-3, 0.9, 40);

  @TempDir private Path folder;

  private static void agree(Map<String, List<Double>> results, String... cases) {
    for (String each : cases) {
      assertThat(results.get(each)).as(each).hasSize(4).allMatch(value -> value < 1e-9);
    }
  }

  /** On TensorFlow it has not been run. */
  @ParameterizedTest
  @ValueSource(strings = {"jax", "torch"})
  void kerasTrainsAsTheRecipeDoesAndOtherwiseWhereOneThingIsDoneWrongly(String backend) {
    String module =
        ConvertedRecipes.of(CHANGING, Conversion.RATE_INSIDE_BUFFER).python(Framework.KERAS);
    List<String> cases =
        List.of("run", "resume", "control-groups", "control-buffer", "control-epsilon", "misuse");
    var results = FrameworkPython.train(folder, "keras_run.py", module, backend, cases);
    agree(results, "run", "resume");
    assertThat(results.get("control-groups").get(0)).isGreaterThan(1e-2);
    assertThat(results.get("control-buffer").get(0)).isGreaterThan(1e-2);
    assertThat(results.get("control-epsilon").get(0)).isGreaterThan(1e-5);
    assertThat(results.get("misuse")).containsExactly(0.0);
  }

  @Test
  void kerasTrainsACompiledModelAsTheRecipeDoesWhereEpsilonIsNegligible() {
    String module =
        ConvertedRecipes.of(STEPS, Conversion.RATE_INSIDE_BUFFER).python(Framework.KERAS);
    agree(
        FrameworkPython.train(folder, "keras_run.py", module, "jax", List.of("compiled")),
        "compiled");
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXP", "TEXP_PLUS_PLUS", "DECOUPLED", "RATE_INSIDE_BUFFER"})
  void optaxTrainsAsTheRecipeDoes(Conversion conversion) {
    Recipe recipe = conversion == Conversion.TEXP ? STEPS : CHANGING;
    String module = ConvertedRecipes.of(recipe, conversion).python(Framework.OPTAX);
    List<String> cases = List.of("run", "resume", "begin-at", "misuse");
    var results = FrameworkPython.train(folder, "optax_run.py", module, "jax", cases);
    agree(results, "run", "resume", "begin-at");
    assertThat(results.get("misuse")).containsExactly(0.0);
  }

  @Test
  void optaxTrainsOtherwiseWhereOneThingIsDoneWrongly() {
    String module = ConvertedRecipes.of(STEPS, Conversion.TEXP).python(Framework.OPTAX);
    List<String> cases = List.of("control-groups", "control-correction", "control-epsilon");
    var results = FrameworkPython.train(folder, "optax_run.py", module, "jax", cases);
    assertThat(results.get("control-groups").get(0)).isGreaterThan(1e-2);
    assertThat(results.get("control-correction").get(0)).isGreaterThan(1e-2);
    assertThat(results.get("control-epsilon").get(0)).isGreaterThan(1e-5);
  }

  @Test
  void kerasRefusesWhatItsOptimizerCannotTrain() {
    assertThatThrownBy(
            () -> ConvertedRecipes.of(STEPS, Conversion.TEXP_PLUS_PLUS).python(Framework.KERAS))
        .hasMessageContaining("add \"rate_inside_buffer\": true");
    Schedule late = new Constant(0).during(20).then(new Constant(0.9));
    Recipe recipe = new Recipe(new Constant(0.1), new Constant(5e-3), late, 40);
    assertThatThrownBy(
            () ->
                ConvertedRecipes.of(recipe, Conversion.RATE_INSIDE_BUFFER).python(Framework.KERAS))
        .hasMessageContaining("the momentum is 0 at first and not later");
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoNameInBracesInAModule(Framework framework) {
    String module = ConvertedRecipes.of(CHANGING, Conversion.RATE_INSIDE_BUFFER).python(framework);
    assertThat(module)
        .doesNotContainPattern(
            "\\{(recipe|summary|range|usage|imports|values|eta|[a-z]+_(decay|floor|hint|momentum))}");
  }
}
