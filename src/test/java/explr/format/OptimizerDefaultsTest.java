package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.theory.OptimizerState;
import explr.theory.OptimizerSteps;
import explr.theory.ScaleInvariantLoss;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The frameworks' own defaults and conventions of decay and ε against what their names are read as:
 * three steps of each by optimizer_defaults.py and by {@link OptimizerSteps}.
 */
class OptimizerDefaultsTest {

  private static final double[][] GRADIENTS = {
    {0.5, -0.2, 0.1, 0.4}, {-0.3, 0.6, 0.2, -0.1}, {0.2, 0.1, -0.4, 0.3}
  };

  /** Keys that a name needs in addition. */
  private static final Map<String, String> MORE =
      Map.of(
          "timm.sgdw", "\"momentum\": 0.9, \"nesterov\": false, ",
          "keras.optimizers.AdamW", "\"epsilon\": 0, ");

  @TempDir private Path folder;

  private static RecipeFile recipe(String name) {
    String json =
        "{\"optimizer\": \"%s\", %s\"learning_rate\": {\"schedule\": \"table\", \"values\": [0.1, 0.3, 0.2]},"
            + " \"weight_decay\": 0.4, \"iterations\": 3}";
    return RecipeFile.parse(
        json.formatted(name, MORE.getOrDefault(name, "")), Path.of(""), warning -> {});
  }

  private static ScaleInvariantLoss gradient(double[] gradient) {
    return new ScaleInvariantLoss() {
      @Override
      public double value(double[] weights) {
        throw new UnsupportedOperationException("only the gradient is asked for");
      }

      @Override
      public double[] gradient(double[] weights) {
        return gradient;
      }
    };
  }

  @Test
  void everyNameIsReadAsWhatItsFrameworkDoes() {
    Map<String, List<Double>> found =
        FrameworkPython.train(folder, "optimizer_defaults.py", "", "torch", List.of());
    assertThat(found).hasSize(8);
    found.forEach(
        (name, values) -> {
          RecipeFile file = recipe(name);
          check(name + " β₁", file.recipe().momentum(0), values.get(0));
          check(
              name + " β₂",
              file.optimizer().secondBeta().map(beta -> beta.at(0)).orElse(Double.NaN),
              values.get(1));
          check(name + " ε", file.optimizer().epsilonOfStep().orElse(Double.NaN), values.get(2));
          OptimizerSteps steps = new OptimizerSteps(file.optimizer(), 2);
          List<OptimizerState> states =
              steps.run(
                  steps.start(0.7, -0.4, 0.3, 0.9),
                  t -> gradient(GRADIENTS[(int) t]),
                  file.recipe());
          // Keras computes rate and decay in float32.
          double accuracy = name.startsWith("keras") ? 1e-6 : 1e-12;
          for (int i = 0; i < 4; i++) {
            assertThat(values.get(3 + i))
                .as(name)
                .isCloseTo(states.get(3).weights()[i], within(accuracy));
          }
        });
  }

  private static void check(String what, double read, double ofFramework) {
    Optional<Double> expected =
        Double.isNaN(ofFramework) ? Optional.empty() : Optional.of(ofFramework);
    assertThat(Double.isNaN(read) ? Optional.empty() : Optional.of(read))
        .as(what)
        .isEqualTo(expected);
  }
}
