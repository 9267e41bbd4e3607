package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.schedule.Schedule;
import explr.schedule.Tabulated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedColumnTest {

  /** Every third iteration, as TensorBoard exports a scalar. */
  private static final String EVERY_THIRD =
      "Wall time,Step,Value\n17.5,0,0.4\n18.5,3,0.1\n19.5,6,0.1\n20.5,9,0.3\n";

  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;

  private Schedule rates(String csv, int iterations, String keys) throws IOException {
    Files.writeString(folder.resolve("run.csv"), csv);
    Path recipe = folder.resolve("recipe.json");
    Files.writeString(
        recipe,
        """
        {"learning_rate": {"schedule": "table", "csv": "run.csv", "column": "Value"%s},
         "weight_decay": 0, "momentum": 0, "iterations": %d}
        """
            .formatted(keys, iterations));
    return RecipeFile.read(recipe, warnings::add).recipe().learningRate();
  }

  private static double[] values(Schedule schedule, int iterations) {
    double[] values = new double[iterations];
    for (int t = 0; t < iterations; t++) {
      values[t] = schedule.at(t);
    }
    return values;
  }

  @Test
  void holdsTheValueOfTheRowBeforeWhereAskedTo() throws IOException {
    Schedule rates = rates(EVERY_THIRD, 12, ", \"step\": \"Step\", \"between\": \"hold\"");
    assertThat(values(rates, 12))
        .containsExactly(0.4, 0.4, 0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.3, 0.3);
    assertThat(warnings).isEmpty();
  }

  @Test
  void interpolatesBetweenRowsWhereAskedTo() throws IOException {
    Schedule rates = rates(EVERY_THIRD, 10, ", \"step\": \"Step\", \"between\": \"interpolate\"");
    assertThat(rates.at(1)).isEqualTo(0.4 * (1 - 1.0 / 3) + 0.1 * (1.0 / 3));
    assertThat(rates.at(3)).isEqualTo(0.1);
    assertThat(rates.at(4)).isEqualTo(0.1);
    assertThat(rates.at(9)).isEqualTo(0.3);
  }

  @Test
  void theLastValueIsKeptForAsLongAsTheLastTwoRowsAreApartAndNoLonger() {
    String keys = ", \"step\": \"Step\", \"between\": \"hold\"";
    assertThatThrownBy(() -> rates(EVERY_THIRD, 13, keys))
        .hasMessageEndingWith("the table has values for iterations 0 … 11, not for 12");
  }

  @Test
  void asksWhatHoldsBetweenRowsThatAreApart() {
    assertThatThrownBy(() -> rates(EVERY_THIRD, 10, ", \"step\": \"Step\""))
        .hasMessageContaining(
            "run.csv, line 3: Step 3 follows 0, and the values between them are missing")
        .hasMessageContaining("\"between\": \"hold\" or \"interpolate\" in a recipe")
        .hasMessageContaining("\"interpolate\"");
    assertThatThrownBy(
            () -> rates(EVERY_THIRD, 10, ", \"step\": \"Step\", \"between\": \"linear\""))
        .hasMessageEndingWith(
            "learning_rate.between: must be \"hold\" or \"interpolate\", not \"linear\"");
  }

  @Test
  void needsNoChoiceWhereEveryIterationHasARow() throws IOException {
    String csv = "Step,Value\n0,0.1\n1.0,0.2\n2,0.3\n";
    assertThat(values(rates(csv, 3, ", \"step\": \"Step\""), 3)).containsExactly(0.1, 0.2, 0.3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 1     | line 4: Step 1 follows 2 of line 3; steps must ascend
          0 1 2 1 2 | line 5: Step 1 follows 2 of line 4; steps must ascend. If the run was resumed, remove
          0 1 1     | line 4: Step 1 follows 1 of line 3; steps must ascend
          1 2 3     | line 2: the first row is of Step 1, and the values before it are unknown
          0 1.5     | line 3: column 'Step' must hold iterations, whole numbers from 0 to 19999999, not '1.5'
          0 -1      | line 3: column 'Step' must hold iterations
          0 1e12    | line 3: column 'Step' must hold iterations
          0 nan     | line 3: column 'Step' must hold iterations
          0 x       | line 3: 'x' in column 'Step' is not a number
          """)
  void refusesStepsThatDoNotAscendFromZero(String steps, String message) {
    StringBuilder csv = new StringBuilder("Step,Value\n");
    for (String step : steps.split(" ")) {
      csv.append(step).append(",0.1\n");
    }
    assertThatThrownBy(
            () -> rates(csv.toString(), 3, ", \"step\": \"Step\", \"between\": \"hold\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run.csv, " + message);
  }

  /** Lightning's CSVLogger writes one row for the rate and one for the loss of the same step. */
  @Test
  void ignoresTheRowsOfOtherQuantities() throws IOException {
    String csv = "epoch,lr-SGD,step,Value\n,0.1,0,0.1\n0,,0,\n,0.1,2,0.2\n0,,2,\n";
    Schedule rates = rates(csv, 4, ", \"step\": \"step\", \"between\": \"hold\"");
    assertThat(values(rates, 4)).containsExactly(0.1, 0.1, 0.2, 0.2);
    assertThatThrownBy(() -> rates("step,Value\n0,\n", 1, ", \"step\": \"step\""))
        .hasMessageContaining("has no row with a value in column 'Value'");
  }

  /** Lightning logs each nth iteration, the first time at iteration n − 1. */
  @Test
  void takesTheValueAtIterationZeroOfALogThatBeginsLater() throws IOException {
    String csv = "Step,Value\n2,0.1\n4,0.3\n";
    String keys = ", \"step\": \"Step\", \"first\": 0.4, \"between\": ";
    assertThat(values(rates(csv, 6, keys + "\"hold\""), 6))
        .containsExactly(0.4, 0.4, 0.1, 0.1, 0.3, 0.3);
    assertThat(rates(csv, 6, keys + "\"interpolate\"").at(1)).isEqualTo(0.25);
    assertThatThrownBy(() -> rates(EVERY_THIRD, 12, keys + "\"hold\""))
        .hasMessageContaining("line 2: the log begins at Step 0, but a value for iteration 0");
    assertThatThrownBy(() -> rates("Step,Value\n1,\n", 2, keys + "\"hold\""))
        .hasMessageContaining("has no row with a value in column 'Value'");
  }

  @Test
  void interpolatesLogarithmsAndKeepsZeros() throws IOException {
    Path csv = folder.resolve("logs.csv");
    Files.writeString(csv, "step,ln\n0,-inf\n2,-2\n4,-4\n");
    LoggedColumn log =
        new LoggedColumn(
            csv, "ln", true, "step", Optional.of(Between.INTERPOLATE), OptionalDouble.empty());
    double zero = Double.NEGATIVE_INFINITY;
    assertThat(log.read().table()).isEqualTo(Tabulated.ofLogarithms(zero, zero, -2, -3, -4, -4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Step,Value\n0,0.1\n7,0.2\n14,0.3\n",
        "x,Value\n0,0.1\n7,0.2\n14,0.3\n",
        "trainer/global_step,Value\n0,0.1\n2,0.2\n1,0.3\n",
        "_step,Value\n0,0.1\n1,0.2\n1,0.2\n",
        "global_step,Value\n500,0.1\n501,0.2\n502,0.2\n",
        "wall,Iteration,Value\n1.5,0,0.1\n2.5,10,0.2\n3.5,20,0.2\n",
        "step,Value\n,0.1\n1,0.2\n2,0.2\n",
      })
  void warnsWhereAnotherColumnLooksLikeSteps(String csv) throws IOException {
    rates(csv, 3, "");
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("recipe.json: learning_rate: ", "run.csv: the rows are read as iterations 0, 1")
        .contains("looks like steps", "add \"step\": \"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "step,Value\n0,0.1\n1,0.2\n2,0.3\n",
        "epoch,Value\n1,0.1\n2,0.2\n3,0.3\n",
        "epoch,Value\n0,0.1\n0,0.2\n0,0.3\n",
        "Wall time,Value\n17.5,0.1\n18.25,0.2\n19.125,0.3\n",
        "loss,Value\n3,0.1\n1,0.2\n2,0.3\n",
      })
  void doesNotWarnWhereNoColumnContradictsTheRows(String csv) throws IOException {
    rates(csv, 3, "");
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 |                                            | the table has values for 4 iterations, and the run reads 3
          4 |                                            |
          6 | , "per_epoch": 2                           | the table has values for 4 iterations, and the run reads 3
          8 | , "per_epoch": 2                           |
          7 | , "per_epoch": 2                           |
          9 | , "repeated_every": 2                      | the table has values for 4 iterations, and the run reads 2
          3 | , "times": 2, "warmed_up": {"over": 2}     | the table has values for 4 iterations, and the run reads 3
          5 | , "step": "Row", "between": "hold"         | the table has values for 7 iterations, and the run reads 5
          7 | , "step": "Row", "between": "hold"         |
          """)
  void warnsWhereRowsAreLeftOver(int iterations, String keys, String warning) throws IOException {
    String rows = "Row,Value\n%s\n";
    boolean steps = keys != null && keys.contains("Row");
    rates(
        rows.formatted(steps ? "0,1\n2,1\n4,1\n6,1" : "0,1\n1,1\n2,1\n3,1"),
        iterations,
        keys == null ? "" : keys);
    if (warning == null) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings).singleElement().asString().contains("learning_rate: " + warning);
    }
  }

  @Test
  void countsTheRowsThatPhasesRead() {
    Schedule phases =
        Tabulated.of(1, 1, 1).during(2).then(Tabulated.of(1, 1), 2).then(Tabulated.of(1, 1, 1));
    UnreadRows unread = new UnreadRows();
    unread.report(phases, 5, warnings::add);
    assertThat(warnings)
        .containsExactly(
            "the table has values for 3 iterations, and the run reads 2 of them",
            "the table has values for 3 iterations, and the run reads 1 of them");
  }
}
