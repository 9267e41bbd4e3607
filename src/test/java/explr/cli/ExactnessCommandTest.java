package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import explr.equivalence.Arithmetic;
import explr.equivalence.Exactness;
import explr.equivalence.ExactnessTables;
import explr.measurement.Manifest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactnessCommandTest {

  @TempDir private Path folder;

  @Test
  void theManifestHoldsTheRecipeAndHowMuchOfItWasCompared() throws Exception {
    Path recipe =
        Files.writeString(
            folder.resolve("short.json"),
            """
            {"learning_rate": {"schedule": "step_decay", "from": 0.1, "divided_by": 10, "after": [2]},
             "weight_decay": 5e-3, "momentum": 0.9, "iterations": 4}
            """);
    String small = "--depth 8 --batch-size 4 --seeds 0 --looks 2 --steps 3 --threads 1";
    List<String> arguments = new ArrayList<>(List.of("exactness"));
    arguments.addAll(List.of(small.split(" ")));
    arguments.addAll(List.of("--recipe", recipe.toString(), "--output", folder.toString()));
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine()
            .setErr(new PrintWriter(errors, true))
            .execute(arguments.toArray(String[]::new));
    assertThat(errors.toString()).isEmpty();
    assertThat(code).isIn(Main.DONE, Main.FAILED);

    Map<String, Object> configuration =
        Manifest.read(folder.resolve("manifest.json")).configuration();
    assertThat(configuration)
        .containsEntry("lock_steps", 3L)
        // Fewer than the 256 by default: the recipe has no more.
        .containsEntry("free_iterations", 4L)
        .extractingByKey("recipe")
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("weight_decay", 5e-3)
        .containsEntry("iterations", 4L);
  }

  @Test
  void anOptimizerIsComparedUnderARecipeOfItsOwn() throws Exception {
    String small = "exactness --optimizer lion --depth 8 --batch-size 4 --steps 4 --threads 1";
    String free = "--seeds 0 --looks 2 --iterations 2 --device cpu --output ";
    int code = Main.commandLine().execute((small + " " + free + folder.resolve("lion")).split(" "));
    assertThat(code).isIn(Main.DONE, Main.FAILED);
    assertThat(Manifest.read(folder.resolve("lion/manifest.json")).configuration())
        .containsEntry("optimizer", "Lion[beta2=Constant[value=0.99]]")
        .containsEntry("command", "environment/" + small + " " + free + folder.resolve("lion"))
        .extractingByKey("recipe")
        .asString()
        .contains("cosine");
    assertThat(folder.resolve("lion/controls.html")).exists();
    Exactness report = ExactnessTables.readExactness(folder.resolve("lion/lock-step.csv"));
    assertThat(report.lockSteps().get(Arithmetic.EXACT).runs())
        .containsExactly("buffers following", "buffers not following", "P² instead of P");
  }

  @Test
  void refusesARecipeForAnotherOptimizer() {
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine()
            .setErr(new PrintWriter(errors, true))
            .execute("exactness", "--recipe", "recipe.json", "--optimizer", "muon");
    assertThat(code).isEqualTo(Main.USAGE);
    assertThat(errors.toString()).contains("for momentum SGD; omit --recipe or --optimizer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nesterov", "decoupled", "rate_inside_buffer"})
  void refusesUpdateRulesThatItCannotCompare(String rule) throws Exception {
    Path recipe =
        Files.writeString(
            folder.resolve("other.json"),
            """
            {"learning_rate": 0.1, "weight_decay": 5e-3, "momentum": 0.9, "iterations": 4, "%s": true}
            """
                .formatted(rule));
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine()
            .setErr(new PrintWriter(errors, true))
            .execute("exactness", "--threads", "1", "--recipe", recipe.toString());
    assertThat(code).isEqualTo(Main.USAGE);
    assertThat(errors.toString())
        .contains("other.json")
        .contains("plain momentum", '"' + rule + '"');
  }

  @Test
  void printsTheWarningsAboutARecipe() throws Exception {
    Path recipe =
        Files.writeString(
            folder.resolve("long.json"),
            """
            {"learning_rate": {"schedule": "table", "csv": "long.csv", "column": "rate"},
             "weight_decay": 5e-3, "momentum": 0.9, "iterations": 2, "nesterov": true}
            """);
    Files.writeString(folder.resolve("long.csv"), "rate\n0.1\n0.1\n0.1\n");
    StringWriter errors = new StringWriter();
    Main.commandLine()
        .setErr(new PrintWriter(errors, true))
        .execute("exactness", "--threads", "1", "--recipe", recipe.toString());
    assertThat(errors.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("explr: " + recipe + ": learning_rate: the table has values for 3 iterations");
  }
}
