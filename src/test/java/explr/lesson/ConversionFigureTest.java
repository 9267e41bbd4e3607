package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import explr.conversion.Conversion;
import explr.conversion.Twin;
import explr.figure.Figure;
import explr.format.ConvertedRecipe;
import explr.format.RecipeFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionFigureTest {

  private static final double LN_10 = Math.log(10);

  private static final String STEPS =
      """
      "learning_rate": {"schedule": "step_decay", "from": 0.1, "divided_by": 10, "after": [80, 120], "per_epoch": 391},
      "weight_decay": 5e-4, "momentum": 0.9, "epochs": 160, "iterations_per_epoch": 391
      """;

  private static ConvertedRecipe converted(String recipe, Conversion conversion) {
    return ConvertedRecipe.of(
        RecipeFile.parse("{" + recipe + "}", Path.of(""), warning -> {}), conversion);
  }

  private static ConvertedRecipe constant(int epochs, Conversion conversion, String more) {
    return converted(
        "\"learning_rate\": 0.1, \"weight_decay\": 5e-4, \"momentum\": 0.9, \"iterations_per_epoch\": 391,"
            + " \"epochs\": "
            + epochs
            + more,
        conversion);
  }

  @ParameterizedTest
  @EnumSource(
      value = Conversion.class,
      names = {"EXP", "TEXP", "TEXP_PLUS_PLUS", "TEXP_MINUS_MINUS"})
  void drawsTheRatesOfTheRecipeAndOfTheConversion(Conversion conversion) {
    agrees(constant(2, conversion, ""));
  }

  @Test
  void drawsDecoupledDecayAndARateInsideTheBuffer() {
    agrees(constant(2, Conversion.TEXP_PLUS_PLUS, ", \"decoupled\": true"));
    agrees(constant(2, Conversion.TEXP_PLUS_PLUS, ", \"rate_inside_buffer\": true"));
  }

  @ParameterizedTest
  @CsvSource({"TEXP_PLUS_PLUS", "TEXP", "TEXP_MINUS_MINUS"})
  void aLongRunShowsEveryDropAtItsIteration(Conversion conversion) {
    ConvertedRecipe steps = converted(STEPS, conversion);
    Map<String, Object> given = agrees(steps);
    assertThat(numbers(given, "x")).hasSizeLessThan(10_000).contains(31279.0, 31280.0);
    assertThat(numbers(given, "x")).contains(46919.0, 46920.0);
  }

  /** Every drawn value is that of the recipe or of the conversion; returns the recipe's curve. */
  private static Map<String, Object> agrees(ConvertedRecipe converted) {
    Figure figure = ConversionFigure.of(converted);
    Twin twin = converted.twin();
    Map<String, Object> given = trace(figure, "given, with weight decay");
    boolean powers = isInPowers(figure, "yaxis");
    boolean growthInPowers = isInPowers(figure, "yaxis2");
    Map<String, Object> rate = trace(figure, "converted, without");
    Map<String, Object> growth = trace(figure, "learning rate");
    Map<String, Object> weights = trace(figure, "weights (P)");
    List<Double> iterations = numbers(given, "x");
    long last = twin.iterations() - 1;
    assertThat(iterations).startsWith(0.0).endsWith((double) last);
    for (int i = 0; i < iterations.size(); i++) {
      long t = iterations.get(i).longValue();
      same(given, i, converted.source().recipe().logLearningRate(t), powers);
      same(rate, i, twin.logLearningRate(t), powers);
      same(growth, i, twin.logScale(t) + twin.logScale(t + 1), growthInPowers);
      same(weights, i, twin.logScale(t), growthInPowers);
    }
    return given;
  }

  private static void same(Map<String, Object> trace, int i, double log, boolean inPowers) {
    double drawn = numbers(trace, "y").get(i);
    assertThat(drawn).isEqualTo(inPowers ? log / LN_10 : Math.pow(10, log / LN_10));
  }

  @Test
  void theCheckOfDrawnRatesFailsForAnotherConversion() {
    ConvertedRecipe texp = converted(STEPS, Conversion.TEXP);
    Figure figure = ConversionFigure.of(converted(STEPS, Conversion.TEXP_PLUS_PLUS));
    Map<String, Object> rate = trace(figure, "converted, without");
    List<Double> iterations = numbers(rate, "x");
    assertThat(iterations)
        .anySatisfy(
            x ->
                assertThat(numbers(rate, "y").get(iterations.indexOf(x)))
                    .isNotEqualTo(texp.twin().logLearningRate(x.longValue()) / LN_10));
  }

  @Test
  void aRateOfZeroIsAGap() {
    Figure figure =
        ConversionFigure.of(
            converted(
                "\"learning_rate\": {\"schedule\": \"linear\", \"from\": 0, \"to\": 0.1, \"over\": 5},"
                    + " \"weight_decay\": 5e-4, \"momentum\": 0.9, \"iterations\": 10",
                Conversion.TEXP_PLUS_PLUS));
    assertThat((List<?>) trace(figure, "given, with weight decay").get("y")).first().isNull();
    assertThat(figure.caption())
        .startsWith("Without weight decay the learning rate goes from 0 to");
  }

  @Test
  void marksWhereRateAndSquaresOfWeightsLeaveFloat32() {
    Figure figure = ConversionFigure.of(constant(260, Conversion.TEXP_PLUS_PLUS, ""));
    assertThat(texts(figure))
        .contains("the rate leaves float32 at iteration 90600")
        .contains("P² leaves float32 at iteration 88309")
        .contains("(epoch 231.7)", "Train in float64");
    assertThat(trace(figure, "largest number of float32").get("y").toString()).contains("38.53");
  }

  @Test
  void theIterationWhereSquaresLeaveFloat32IsTheFirst() {
    Twin twin = constant(260, Conversion.TEXP_PLUS_PLUS, "").twin();
    assertThat(2 * twin.logScale(88_309)).isGreaterThan(Math.log(Float.MAX_VALUE));
    assertThat(2 * twin.logScale(88_308)).isLessThanOrEqualTo(Math.log(Float.MAX_VALUE));
  }

  @Test
  void saysThatAShortRunStaysInFloat32AndDrawsNoLimit() {
    Figure figure = ConversionFigure.of(constant(2, Conversion.TEXP_PLUS_PLUS, ""));
    assertThat(texts(figure))
        .contains("stay in the range of float32")
        .doesNotContain("leaves float32");
    assertThat(figure.data())
        .extracting(trace -> trace.get("name"))
        .doesNotContain("largest number of float32");
  }

  @Test
  void saysWhatIsAssumed() {
    Figure figure = ConversionFigure.of(converted(STEPS, Conversion.TEXP));
    assertThat(texts(figure))
        .contains("each of their", "followed by a normalisation", "the last layer", "ε")
        .contains("texp (Li &amp; Arora 2020, Theorems 2.12 and B.2) assumes SGD, v ← γv + ∇L + λθ")
        .contains("Corrections of the momentum buffer: 3.");
    assertThat(figure.toJson())
        .contains("weight decay 5e-4, momentum 0.9, 62560 iterations (160 epochs)");
    assertThat(numbers(trace(figure, "correction of the momentum buffer"), "x"))
        .containsExactly(0.0, 31280.0, 46920.0);
  }

  @Test
  void namesTheMomentumOfTheConvertedRunWhereItDiffers() {
    assertThat(texts(ConversionFigure.of(constant(2, Conversion.TEXP_PLUS_PLUS, ""))))
        .doesNotContain("The momentum of the converted run");
    assertThat(
            texts(
                ConversionFigure.of(
                    constant(2, Conversion.TEXP_PLUS_PLUS, ", \"decoupled\": true"))))
        .contains("The momentum of the converted run is 0.899955 to 0.9.")
        .contains("θ ← (1 − λη)θ − ηv");
  }

  @Test
  void drawsTheRecipeThatTexpMinusMinusEquals() {
    Figure figure = ConversionFigure.of(converted(STEPS, Conversion.TEXP_MINUS_MINUS));
    assertThat(numbers(trace(figure, "what it equals: the first rate, a smaller decay"), "y"))
        .allSatisfy(value -> assertThat(value).isEqualTo(Math.log(0.1) / LN_10));
  }

  @Test
  void drawsARunOfOneIteration() {
    agrees(
        converted(
            "\"learning_rate\": 0.1, \"weight_decay\": 0, \"momentum\": 0, \"iterations\": 1",
            Conversion.TEXP_PLUS_PLUS));
  }

  private static boolean isInPowers(Figure figure, String axis) {
    return "10<sup>".equals(((Map<?, ?>) figure.layout().get(axis)).get("tickprefix"));
  }

  private static Map<String, Object> trace(Figure figure, String name) {
    return figure.data().stream()
        .filter(trace -> name.equals(trace.get("name")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Double> numbers(Map<String, Object> trace, String key) {
    return ((List<?>) trace.get(key)).stream().map(Double.class::cast).toList();
  }

  /** All annotations, line breaks as spaces. */
  private static String texts(Figure figure) {
    return figure.layout().get("annotations").toString().replace("<br>", " ");
  }
}
