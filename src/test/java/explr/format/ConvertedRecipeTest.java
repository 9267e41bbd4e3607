package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import explr.conversion.Conversion;
import explr.conversion.DecoupledDecay;
import explr.conversion.FollowingBuffers;
import explr.conversion.NesterovTwin;
import explr.conversion.SmallerBetas;
import explr.conversion.Texp;
import explr.conversion.Twin;
import explr.optimizer.Optimizer;
import explr.schedule.Epochs;
import explr.schedule.RandomSchedules;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.schedule.Tabulated;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertedRecipeTest {

  private static final Epochs EPOCHS = Epochs.of(391);
  private static final Recipe STEP =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(40, 60), 5e-4, 0.9, 80);

  private static ConvertedRecipe convert(
      Recipe recipe, Optimizer optimizer, Conversion conversion) {
    return ConvertedRecipe.of(new RecipeFile(recipe, optimizer, Optional.of(EPOCHS)), conversion);
  }

  private static RecipeFile parse(String json) {
    return RecipeFile.parse(json, Path.of(""), warning -> fail("unexpected warning: " + warning));
  }

  private static Tabulated column(Path csv, String name, boolean logarithms) throws IOException {
    return TabulatedCsv.read(
        csv, name, logarithms, warning -> fail("unexpected warning: " + warning));
  }

  @Test
  void itsCsvReadsBackToTheSameBits(@TempDir Path folder) throws IOException {
    ConvertedRecipe converted = convert(STEP, new Optimizer.Momentum(), Conversion.TEXP);
    Path csv = Files.writeString(folder.resolve("rates.csv"), converted.csv(1));
    Twin twin = Texp.of(STEP);
    Tabulated rates = column(csv, "ln_learning_rate", true);
    Tabulated corrections = column(csv, "buffer_correction", false);
    assertThat(rates.values()).hasSize(80);
    for (int t = 0; t < 80; t++) {
      assertThat(rates.logAt(t)).isEqualTo(twin.logLearningRate(t));
      double correction = twin.correction(t) / twin.learningRate(t);
      assertThat(corrections.at(t)).isCloseTo(correction, within(1e-14 * Math.abs(correction)));
    }
    assertThat(column(csv, "weight_decay", false).values()).containsOnly(0.0);
    assertThat(column(csv, "ln_scale", false).at(79)).isEqualTo(twin.logScale(79));
  }

  @Test
  void leavesOutNoCorrectionAndNotTheLastIteration() {
    List<String> lines =
        convert(STEP, new Optimizer.Momentum(), Conversion.TEXP).csv(25).lines().skip(2).toList();
    assertThat(lines.stream().map(line -> line.split(",", -1)[0]))
        .containsExactly("0", "25", "40", "50", "60", "75", "79");
    assertThatThrownBy(() -> convert(STEP, new Optimizer.Momentum(), Conversion.TEXP).csv(0))
        .hasMessage("'every' must be at least 1, not 0");
  }

  @Test
  void itsJsonSaysWhatIsAssumedAndHowExactItIs() {
    ConvertedRecipe converted = convert(STEP, new Optimizer.Momentum(), Conversion.TEXP_PLUS_PLUS);
    JsonObject json = JsonParser.parseString(converted.json(10)).getAsJsonObject();
    assertThat(json.get("conversion").getAsString()).isEqualTo("texp++");
    assertThat(json.get("source").getAsString()).contains("Theorem 2.13");
    assertThat(json.getAsJsonArray("assumes")).hasSize(2);
    assertThat(json.get("exactness").getAsString()).isEqualTo("exact without corrections");
    assertThat(json.get("leaves_float32_at_iteration").isJsonNull()).isTrue();
    assertThat(parse(json.get("recipe").toString()).recipe()).isEqualTo(STEP);
    assertThat(json.getAsJsonArray("iteration")).hasSize(9);
    for (String column : converted.row().names()) {
      assertThat(json.getAsJsonArray(column)).as(column).hasSize(9);
    }
    assertThat(json.getAsJsonArray("ln_learning_rate").get(8).getAsDouble())
        .isEqualTo(converted.twin().logLearningRate(79));
  }

  @Test
  void warnsWhereTheRateLeavesFloat32() {
    Recipe constant = Recipe.of(0.1, 5e-4, 0.9, EPOCHS.iterations(240));
    assertThat(convert(constant, new Optimizer.Momentum(), Conversion.EXP).warnings())
        .singleElement()
        .asString()
        .contains("leaves float32")
        .contains("(epoch 231.7)");
    Recipe shorter = Recipe.of(0.1, 5e-4, 0.9, EPOCHS.iterations(231));
    assertThat(convert(shorter, new Optimizer.Momentum(), Conversion.EXP).warnings()).isEmpty();
  }

  @Test
  void writesRatesBeyondADoubleAsInfWithExactLogarithms() {
    Recipe long_ = Recipe.of(1, 0.01, 0.5, 60_000);
    ConvertedRecipe converted = convert(long_, new Optimizer.Momentum(), Conversion.TEXP_PLUS_PLUS);
    String[] last = converted.csv(60_000).lines().toList().get(3).split(",", -1);
    assertThat(last[1]).isEqualTo("inf");
    assertThat(Double.parseDouble(last[2])).isEqualTo(converted.twin().logLearningRate(59_999));
    assertThat(converted.json(60_000)).contains("\"inf\"");
  }

  @Test
  void whatItWritesKnowsNoLocale() {
    List<ConvertedRecipe> recipes = new ArrayList<>();
    RandomSchedules random = new RandomSchedules(5, 40);
    for (int i = 0; i < 200; i++) {
      Recipe recipe = Recipe.of(random.next(i % 4), 1e-9, 0.9, 40);
      recipes.add(convert(recipe, new Optimizer.Momentum(), Conversion.TEXP_PLUS_PLUS));
    }
    List<String> expected = recipes.stream().map(ConvertedRecipeTest::everyText).toList();
    Locale before = Locale.getDefault();
    Locale.setDefault(new Locale.Builder().setLanguageTag("fa-IR-u-nu-arabext").build());
    try {
      assertThat(String.format("%d", 10)).as("the locale has other digits").isNotEqualTo("10");
      assertThat(recipes.stream().map(ConvertedRecipeTest::everyText).toList()).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String everyText(ConvertedRecipe converted) {
    return converted.csv(1) + converted.json(1) + converted.python();
  }

  @Test
  void warnsWhereSecondMomentsLeaveFloat32() {
    Optimizer.AdamW adamW = Optimizer.AdamW.of(0.999, 1e-8);
    Recipe growing = Recipe.of(0.1, 1, 0.9, 500);
    assertThat(convert(growing, adamW, Conversion.TEXP_PLUS_PLUS).warnings())
        .singleElement()
        .asString()
        // P² = 0.9^(−2t) > 2^126
        .contains("second moments", "at iteration 415 (epoch 1.1)");
    assertThat(convert(growing, Optimizer.Lion.of(0.9), Conversion.TEXP_PLUS_PLUS).warnings())
        .isEmpty();
  }

  @Test
  void convertsNesterovByItsOwnRuleAndNoOther() {
    ConvertedRecipe converted = convert(STEP, new Optimizer.Nesterov(), Conversion.TEXP_PLUS_PLUS);
    assertThat(converted.conversion()).isEqualTo(Conversion.NESTEROV);
    NesterovTwin twin = NesterovTwin.of(STEP);
    String[] row = converted.csv(1).lines().skip(2 + 7).findFirst().orElseThrow().split(",");
    assertThat(converted.row().names())
        .containsExactly(
            "iteration",
            "learning_rate",
            "ln_learning_rate",
            "log10_learning_rate",
            "weight_decay",
            "momentum",
            "buffer_factor",
            "ln_scale");
    assertThat(Double.parseDouble(row[2])).isEqualTo(twin.logLearningRate(7));
    assertThat(Double.parseDouble(row[5])).isEqualTo(twin.momentum(7)).isGreaterThan(0.9);
    assertThat(Double.parseDouble(row[6])).isEqualTo(twin.bufferFactor(7)).isLessThan(1);
    assertThatThrownBy(() -> convert(STEP, new Optimizer.Nesterov(), Conversion.TEXP))
        .hasMessage("Nesterov's momentum has no conversion by texp; convert by texp++");
  }

  @Test
  void convertsAdamWWithItsBuffersAndWhereAllIsConstantWithSmallerBetas() {
    Recipe constant = Recipe.of(1e-3, 0.1, 0.9, 20);
    Optimizer.AdamW adamW = Optimizer.AdamW.of(0.999, 1e-8);
    ConvertedRecipe following = convert(constant, adamW, Conversion.TEXP_PLUS_PLUS);
    assertThat(following.conversion()).isEqualTo(Conversion.FOLLOWING_BUFFERS);
    assertThat(following.row().names().subList(5, 10))
        .containsExactly("beta1", "beta2", "buffer_factor", "eps", "ln_scale");
    FollowingBuffers twin = FollowingBuffers.of(constant, adamW);
    String[] row = following.csv(1).lines().skip(2 + 7).findFirst().orElseThrow().split(",");
    assertThat(Double.parseDouble(row[2])).isEqualTo(twin.logLearningRate(7));
    assertThat(row).contains("0.9", "0.999", "0.9999");
    assertThat(Double.parseDouble(row[8]))
        .isCloseTo(1e-8 * Math.exp(-twin.logScale(7)), within(1e-22));
    ConvertedRecipe smaller = convert(constant, adamW, Conversion.SMALLER_BETAS);
    SmallerBetas adam = SmallerBetas.of(constant, adamW);
    row = smaller.csv(1).lines().skip(2 + 7).findFirst().orElseThrow().split(",");
    assertThat(Double.parseDouble(row[2])).isEqualTo(adam.logLearningRateWithBiasCorrection(7));
    assertThat(Double.parseDouble(row[5])).isEqualTo(adam.beta1()).isLessThan(0.9);
    assertThat(Double.parseDouble(row[6])).isEqualTo(adam.beta2()).isLessThan(0.999);
    assertThatThrownBy(() -> convert(STEP, adamW, Conversion.SMALLER_BETAS))
        .hasMessageContaining("FollowingBuffers converts any schedules");
    assertThatThrownBy(() -> convert(STEP, adamW, Conversion.TEXP))
        .hasMessage("AdamW has no conversion by texp; convert by texp++");
  }

  @Test
  void convertsDecoupledDecayByItsOwnRuleAndNoOther() {
    ConvertedRecipe converted =
        convert(STEP, new Optimizer.DecoupledMomentum(), Conversion.TEXP_PLUS_PLUS);
    Twin twin = DecoupledDecay.of(STEP);
    assertThat(converted.conversion()).isEqualTo(Conversion.DECOUPLED);
    assertThat(converted.twin().momentum(50)).isEqualTo(twin.momentum(50)).isLessThan(0.9);
    assertThatThrownBy(() -> convert(STEP, new Optimizer.DecoupledMomentum(), Conversion.TEXP))
        .hasMessage("decoupled decay has no conversion by texp; convert by texp++");
    assertThatThrownBy(() -> convert(STEP, new Optimizer.Momentum(), Conversion.DECOUPLED))
        .hasMessageContaining("convert by texp++");
  }

  @Test
  void everyConversionHasANameThatFindsIt() {
    for (Conversion conversion : Conversion.values()) {
      assertThat(Conversion.named(conversion.toString())).isEqualTo(conversion);
    }
    assertThatThrownBy(() -> Conversion.named("adam"))
        .hasMessage(
            "there is no conversion 'adam'; there are exp, texp, texp++, texp--, decoupled, rate-inside-buffer, nesterov,"
                + " following-buffers, smaller-betas, with-decay");
  }

  /** More rows than a block has, and more than the columns of JSON keep. */
  @Test
  void longRunsHaveEveryRowOnceAndInOrder() {
    Recipe recipe = Recipe.of(1e-3, 5e-4, 0.9, 5000);
    ConvertedRecipe converted = convert(recipe, new Optimizer.Momentum(), Conversion.TEXP);
    List<String> lines = converted.csv(1).lines().skip(2).toList();
    JsonObject json = JsonParser.parseString(converted.json(1)).getAsJsonObject();
    assertThat(lines).hasSize(5000);
    for (int t = 0; t < 5000; t++) {
      String[] fields = lines.get(t).split(",", -1);
      assertThat(fields[0]).isEqualTo(Integer.toString(t));
      assertThat(Double.parseDouble(fields[2])).isEqualTo(converted.twin().logLearningRate(t));
      for (int column = 0; column < fields.length; column++) {
        assertThat(json.getAsJsonArray(converted.row().names().get(column)).get(t).getAsString())
            .isEqualTo(fields[column]);
      }
    }
  }

  @Test
  void columnsAreTheSameWhetherRowsAreKeptOrComputedAgain() throws IOException {
    ConvertedRecipe converted = convert(STEP, new Optimizer.Momentum(), Conversion.TEXP);
    StringWriter kept = new StringWriter();
    StringWriter computed = new StringWriter();
    ConvertedJson.write(converted, 3, kept, 1_000);
    ConvertedJson.write(converted, 3, computed, 0);
    assertThat(computed).hasToString(kept.toString());
    assertThat(kept).hasToString(converted.json(3));
  }

  @Test
  void aRateInsideTheBufferIsReadWrittenAndWarnedOf() {
    String json =
        """
        {"learning_rate": 0.1, "weight_decay": 5e-4, "momentum": 0.9, "iterations": 10, "rate_inside_buffer": true}
        """;
    RecipeFile file = parse(json);
    assertThat(file.optimizer()).isEqualTo(new Optimizer.RateInsideBuffer());
    assertThat(parse(file.toJson())).isEqualTo(file);
    // A module's own code sets the momentum.
    assertThat(ConvertedRecipe.of(file, Conversion.TEXP_PLUS_PLUS).warnings()).isEmpty();
    assertThat(ConvertedRecipe.of(file, Conversion.TEXP_PLUS_PLUS).warningsOfNumbers())
        .singleElement()
        .asString()
        .contains("rate outside its buffer");
    String both = json.replace("}", ", \"decoupled\": true}");
    assertThatThrownBy(() -> parse(both))
        .hasMessageContaining("rate_inside_buffer: decoupled decay");
  }
}
