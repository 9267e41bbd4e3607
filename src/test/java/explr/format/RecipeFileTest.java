package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import explr.optimizer.Optimizer;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Exponential;
import explr.schedule.OneCycle;
import explr.schedule.RandomSchedules;
import explr.schedule.Recipe;
import explr.schedule.Scaled;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.schedule.Tabulated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeFileTest {

  private static final String PAPER =
      """
      {
        "learning_rate": {
          "schedule": "step_decay",
          "from": 0.1,
          "divided_by": 10,
          "after": [80, 120],
          "per_epoch": 391
        },
        "weight_decay": 5e-4,
        "momentum": 0.9,
        "epochs": 160,
        "iterations_per_epoch": 391
      }
      """;

  private static RecipeFile parse(String json) {
    return RecipeFile.parse(json, Path.of(""), warning -> {});
  }

  private static RecipeFile read(Path file) throws IOException {
    return RecipeFile.read(file, warning -> fail("unexpected warning: " + warning));
  }

  static Stream<Schedule> schedules() {
    RandomSchedules random = new RandomSchedules(7, 50);
    return IntStream.range(0, 1000).mapToObj(i -> random.next(i % 4));
  }

  private static Stream<Double> doubles() {
    return Stream.concat(
        Stream.of(0.0, -0.0, 1.0, 1e15, 1e16, -123.456, Double.MIN_VALUE, Double.MAX_VALUE, 1e-3),
        new Random(8)
            .longs(2000)
            .mapToObj(Double::longBitsToDouble)
            .filter(value -> Double.isFinite(value)));
  }

  @Test
  void readsThePapersRecipeAsAPersonWritesIt() {
    RecipeFile file = parse(PAPER);
    Schedule rate = StepDecay.from(0.1).dividedBy(10).after(80, 120).perEpoch(Epochs.of(391));
    assertThat(file)
        .isEqualTo(
            new RecipeFile(
                Recipe.of(rate, 5e-4, 0.9, 62_560),
                new Optimizer.Momentum(),
                Optional.of(Epochs.of(391))));
    assertThat(file.toJson())
        .startsWith("{\n  \"learning_rate\": {\n    \"schedule\": \"step_decay\",\n")
        .contains("\"after\": [80, 120]")
        .endsWith("\"momentum\": 0.9,\n  \"epochs\": 160,\n  \"iterations_per_epoch\": 391\n}\n");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void readsBackWhatItWrites(Schedule schedule) {
    RecipeFile file =
        new RecipeFile(
            new Recipe(schedule, schedule, schedule, 50),
            new Optimizer.DecoupledMomentum(),
            Optional.empty());
    assertThat(parse(file.toJson())).isEqualTo(file);
  }

  @Test
  void keepsEveryBitOfADouble() {
    assertThat(doubles())
        .allSatisfy(
            value -> {
              String json = JsonText.write(JsonText.number(value));
              Schedule back =
                  new ScheduleReader(Path.of(""), warning -> {})
                      .read(JsonText.parse(json), "value");
              assertThat(Double.doubleToRawLongBits(((Constant) back).value()))
                  .isEqualTo(Double.doubleToRawLongBits(value));
            });
  }

  @Test
  void keepsTablesOfLogarithmsBeyondADouble() {
    Tabulated table = Tabulated.ofLogarithms(Double.NEGATIVE_INFINITY, 1e4, -0.5);
    assertThat(new ScheduleReader(Path.of(""), warning -> {}).read(ScheduleWriter.write(table), ""))
        .isEqualTo(table);
  }

  @Test
  void keepsAOneCycleWhole() {
    Recipe recipe = OneCycle.peakingAt(0.4).over(1000).withMomentum(0.9, 0.8).recipe(5e-4);
    String json = RecipeFile.of(recipe).toJson();
    assertThat(json).contains("one_cycle").doesNotContain("\"momentum\"");
    assertThat(parse(json).recipe()).isEqualTo(recipe);
    assertThat(
            parse("{\"one_cycle\": {\"peak\": 0.4, \"over\": 100}, \"weight_decay\": 0}").recipe())
        .isEqualTo(OneCycle.peakingAt(0.4).over(100).recipe(0));
  }

  @Test
  void readsAOneCycleThatPeaksBetweenTwoIterations() {
    RecipeFile file =
        parse("{\"one_cycle\": {\"peak\": 0.4, \"over\": 9, \"rise\": 1.5}, \"weight_decay\": 0}");
    assertThat(file.recipe()).isEqualTo(OneCycle.peakingAt(0.4).over(9).withRise(1.5).recipe(0));
    assertThat(file.toJson()).contains("\"rise\": 1.5");
    assertThat(parse(file.toJson())).isEqualTo(file);
  }

  @Test
  void readsATableFromAFileBesideIt(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("rates.csv"), "# made\nepoch,rate\n0,0.1\n1,0.05\n");
    Files.writeString(
        folder.resolve("recipe.json"),
        """
        {"learning_rate": {"schedule": "table", "csv": "rates.csv", "column": "rate", "per_epoch": 5},
         "weight_decay": 0, "momentum": 0, "iterations": 10}
        """);
    assertThat(read(folder.resolve("recipe.json")).recipe().learningRate())
        .isEqualTo(Tabulated.of(0.1, 0.05).perEpoch(Epochs.of(5)));
  }

  @Test
  void writesAnOwnScheduleAsATableOnly() {
    Schedule own = t -> 0.1 / (1 + t);
    assertThatThrownBy(() -> RecipeFile.of(Recipe.of(own, 0, 0, 10)).toJson())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("learning_rate: a schedule of one's own")
        .hasMessageContaining("Tabulated.of");
    Recipe tabled = Recipe.of(Tabulated.of(own, 10), 0, 0, 10);
    assertThat(parse(RecipeFile.of(tabled).toJson()).recipe()).isEqualTo(tabled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'schedule': 'constant', 'value': 0.1}",
        "{'schedule': 'step_decay', 'from': 0.1, 'multiplied_by': 0.2, 'after': [31280, 46920]}",
        "{'schedule': 'exponential', 'from': 0.1, 'multiplied_by': 1.01, 'every': 391}",
        "{'schedule': 'linear', 'from': 0.1, 'to': 0.001, 'over': 1000}",
        "{'schedule': 'polynomial', 'from': 0.1, 'over': 1000, 'power': 2}",
        "{'schedule': 'cosine', 'from': 0.1, 'over': 1000}",
        "{'schedule': 'cosine_restarts', 'from': 0.1, 'period': 10, 'lengthening': 2}",
        "{'schedule': 'triangular', 'high': 0.1, 'rise': 25, 'fall': 15}",
        "{'schedule': {'schedule': 'cosine', 'from': 0.1, 'over': 9, 'times': 0.5}, 'per_epoch': 2}",
        "{'schedule': 'phases', 'phases': [{'schedule': 0.1, 'during': 3}, {'schedule': 0.2}]}",
      })
  void readsTheExamplesOfItsDescription(String rate) {
    RecipeFile file = parse(recipe("learning_rate", rate));
    assertThat(parse(file.toJson())).isEqualTo(file);
  }

  @Test
  void appliesTheModifiersInTheOrderItSays() {
    String rate =
        "{'times': 0.5, 'warmed_up': {'over': 4}, 'schedule': 'cosine', 'from': 0.1, 'over': 9,"
            + " 'repeated_every': 20, 'per_epoch': 2, 'delayed_by': 3, 'skipping': 1}";
    assertThat(parse(recipe("learning_rate", rate)).recipe().learningRate())
        .isEqualTo(
            Cosine.from(0.1)
                .over(9)
                .skipping(1)
                .delayedBy(3)
                .perEpoch(Epochs.of(2))
                .warmedUp(0, 4)
                .repeatedEvery(20)
                .times(0.5));
  }

  @Test
  void timesScalesAnExponentialInsteadOfReplacingItsFactor() {
    String rate = "{'schedule': 'exponential', 'from': 0.1, 'multiplied_by': 0.9, 'times': 0.5}";
    Schedule read = parse(recipe("learning_rate", rate)).recipe().learningRate();
    assertThat(read).isEqualTo(new Scaled(new Exponential(0.1, 0.9, 1), 0.5));
    assertThat(read.at(3)).isEqualTo(0.5 * new Exponential(0.1, 0.9, 1).at(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          learning_rate | '0.1'                                  | learning_rate: must be a number, or an object with the key 'schedule', not "0.1"
          learning_rate | -0.1                                   | learning_rate: the learning rate must be ≥ 0 and finite; at iteration 0 it is -0.1
          learning_rate | 1e999                                  | learning_rate: is beyond what a double holds, 1.8e308: 1e999
          weight_decay  | -5e-4                                  | weight_decay: the weight decay must be ≥ 0 and finite; at iteration 0 it is -5.0E-4
          momentum      | 1                                      | momentum: the momentum must lie in [0, 1); at iteration 0 it is 1.0
          momentum      | null                                   | momentum: must be a number, or an object with the key 'schedule', not null
          iterations    | 0                                      | iterations: a run has from 1 to 200000000 iterations, not 0
          iterations    | 10.5                                   | iterations: must be a whole number, not 10.5
          iterations    | 1e400                                  | iterations: must be a whole number, not 1e400
          nesterov      | 1                                      | nesterov: must be true or false, not 1
          epochs        | 3                                      | epochs: 'iterations' gives the length already; remove one of the two
          learing_rate  | 0.2                                    | learing_rate: there is no such key (its value is 0.2); the keys are
          learning_rate | {'schedule': 'cosin'}                  | learning_rate.schedule: there is no schedule 'cosin'; there are constant, step_decay
          learning_rate | {'shedule': 'cosine'}                  | learning_rate: 'schedule' is missing; its keys are [shedule]
          learning_rate | {'schedule': 'cosine', 'over': 3}      | learning_rate: 'from' is missing; its keys are [schedule, over]
          learning_rate | {'schedule': 'cosine', 'from': 1, 'over': 3, 'til': 0} | learning_rate.til: there is no such key (its value is 0); the keys are schedule, from, to, over
          learning_rate | {'schedule': 'cosine', 'from': 1, 'over': 0} | learning_rate: the number of iterations must be at least 1, not 0
          learning_rate | {'schedule': 'step_decay', 'from': 1, 'divided_by': 10, 'after': [80, 40]} | learning_rate: milestones must be at least 1 and ascend: 40 follows 80
          learning_rate | {'schedule': 'step_decay', 'from': 1, 'divided_by': 10, 'after': [80, 'x']} | learning_rate.after[1]: must be a whole number, not "x"
          learning_rate | {'schedule': 'step_decay', 'from': 1, 'after': [80]} | learning_rate: a step_decay has either 'divided_by' or 'multiplied_by'
          learning_rate | {'schedule': 'table', 'values': [1, 2]} | learning_rate: the table has values for iterations 0 … 1, not for 2
          learning_rate | {'schedule': 'table', 'values': [1, true]} | learning_rate.values[1]: must be a number, not true
          learning_rate | {'schedule': 'table', 'csv': 'no.csv', 'column': 'a'} | learning_rate.csv: cannot be read: there is no no.csv; it is looked for in the folder of the recipe
          learning_rate | {'schedule': 'phases', 'phases': []}   | learning_rate: phases are joined from at least one, not from none
          learning_rate | {'schedule': 'phases', 'phases': [{'schedule': 1}, {'schedule': 2}]} | learning_rate.phases[0]: 'during' is missing
          learning_rate | {'schedule': 'phases', 'phases': [{'schedule': 1, 'during': 0}]} | learning_rate.phases[0]: the number of iterations of a phase must be at least 1, not 0
          learning_rate | {'schedule': 1, 'warmed_up': {'over': 3, 'from': 0}} | learning_rate.warmed_up.from: there is no such key
          learning_rate | {'schedule': 1, 'per_epoch': 0}        | learning_rate: an epoch needs at least one iteration, not 0
          """)
  void refusesWithThePathTheValueAndTheWayOut(String key, String value, String message) {
    assertThatThrownBy(() -> parse(recipe(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\": 1,}", "{\"a\": NaN}", "{} {}", "{'a': 1}", "[]", "3"})
  void refusesWhatIsNotARecipeInOneLine(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("\n")
        .doesNotContain("Gson")
        .doesNotContain("https");
  }

  @Test
  void refusesAKeyThatOccursTwice() {
    assertThatThrownBy(() -> parse("{\"momentum\": 0.9, \"momentum\": 0.8}"))
        .hasMessage("the key 'momentum' occurs twice");
  }

  @Test
  void namesTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.json");
    assertThatThrownBy(() -> read(file)).hasMessage("there is no file " + file);
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> read(file))
        .hasMessage(file + ": 'learning_rate' is missing; the object is empty");
  }

  @Test
  void namesAFileThatIsNoText(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> read(folder))
        .hasMessage(folder + " is a folder; name the JSON file in it");
    Path file = folder.resolve("mine.json");
    Files.write(file, "{}".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> read(file))
        .hasMessage(file + " is not text in UTF-8; save it in this encoding");
    Files.writeString(file, "\n ");
    assertThatThrownBy(() -> read(file))
        .hasMessage(file + ": the file is empty; a recipe is a JSON object, { … }");
  }

  @Test
  void ignoresAByteOrderMark(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.json"), "\uFEFF" + PAPER);
    assertThat(read(file)).isEqualTo(parse(PAPER));
  }

  @Test
  void refusesDeepNestingAndReadsWhatIsWithinTheLimit() {
    for (int depth : new int[] {200, 100_000}) {
      String deep = "[".repeat(depth);
      assertThatThrownBy(() -> parse(recipe("learning_rate", deep)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("learning_rate[0][0]")
          .hasMessageContaining("more than 100 brackets are open");
    }
    String nested = "{'schedule': ".repeat(90) + "0.1" + ", 'times': 1}".repeat(90);
    assertThat(parse(recipe("learning_rate", nested)).recipe().learningRate().at(0)).isEqualTo(0.1);
  }

  @Test
  void shortensWhatItRepeatsOfALongFile() {
    String key = "k".repeat(5_000_000);
    Stream.of(
            recipe(key, "1"),
            recipe("learning_rate", "{'" + key + "': 1}"),
            recipe("learning_rate", "{'schedule': '" + key + "'}"),
            recipe("learning_rate", "{'schedule': 1, 'times': '" + key + "'}"),
            recipe("optimizer", "'" + key + "'"),
            "{\"" + key + "\": 1, \"" + key + "\": 2}",
            "{\"" + key + "\": {\"a\": 1, \"a\": 2}}")
        .forEach(
            json ->
                assertThatThrownBy(() -> parse(json))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .hasSizeLessThan(700));
  }

  @Test
  void refusesMoreIterationsThanItConvertsBeforeItLooksAtOne() {
    String epochs =
        "{\"learning_rate\": 0.1, \"weight_decay\": 0, \"momentum\": 0, \"epochs\": 1000000000,"
            + " \"iterations_per_epoch\": 1}";
    assertThatThrownBy(() -> parse(epochs))
        .hasMessage("epochs: a run has from 1 to 200000000 iterations, not 1000000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          betas         | [0.9, 0.999] | betas: [0.9,0.999]: this optimizer does not have this key
          opt           | 'adamw'      | opt: "adamw": the key is 'optimizer'
          dampening     | 0.1          | dampening: 0.1: the formulas are for dampening 0
          param_groups  | []           | param_groups: []: a recipe describes one group
          accumulate_grad_batches | 4  | accumulate_grad_batches: 4: an iteration is a step of the optimizer
          gradient_clip_val | 1.0      | gradient_clip_val: 1.0: gradients shrink as the weights grow, so a fixed limit would clip less and less; remove the key and clip with TwinSchedule.clip_grad_norm_
          maximize      | true         | maximize: true: only false is known here
          lr            | 0.1          | lr: 0.1: the key is 'learning_rate'
          warmup_epochs | 5            | warmup_epochs: 5: a warm-up is the key 'warmed_up'
          scheduler     | 'cosine'     | scheduler: "cosine": the schedule is the value of 'learning_rate'
          batch_size    | 128          | batch_size: 128: a recipe does not have this key
          """)
  void saysOfAKeyOfATrainingScriptWhatToDoInstead(String key, String value, String message) {
    assertThatThrownBy(() -> parse(recipe(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          optimizer     | 'SGD'
          optimizer     | 'torch.optim.SGD'
          dampening     | 0
          dampening     | 0.0
          accumulation_steps | 1
          max_grad_norm | 0
          clip_grad     | null
          maximize      | false
          foreach       | null
          """)
  void acceptsAKeyOfATrainingScriptWhereItsValueChangesNothing(String key, String value) {
    assertThat(parse(recipe(key, value))).isEqualTo(parse(recipe("momentum", "0.9")));
  }

  /** A recipe of ten iterations with one key changed or added. */
  private static String recipe(String key, String value) {
    StringBuilder json = new StringBuilder();
    String[][] fields = {
      {"learning_rate", "0.1"}, {"weight_decay", "5e-4"}, {"momentum", "0.9"}, {"iterations", "10"}
    };
    boolean known = false;
    for (String[] field : fields) {
      boolean changed = field[0].equals(key);
      known |= changed;
      json.append(
          "%s'%s': %s"
              .formatted(json.isEmpty() ? "{" : ", ", field[0], changed ? value : field[1]));
    }
    if (!known) {
      json.append(String.format(Locale.ROOT, ", '%s': %s", key, value));
    }
    return json.append("}").toString().replace('\'', '"');
  }
}
