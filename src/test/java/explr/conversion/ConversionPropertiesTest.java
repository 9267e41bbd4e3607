package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.optimizer.Optimizer;
import explr.schedule.Constant;
import explr.schedule.Recipe;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionPropertiesTest {

  static Stream<Recipe> changing() {
    return RandomRecipes.changing(31, 2000);
  }

  static Stream<Recipe> inPhases() {
    return RandomRecipes.inPhases(32, 1000);
  }

  @ParameterizedTest
  @MethodSource("changing")
  void alphaStaysBetweenTheRootAtTheMaximaAndOne(Recipe recipe) {
    double rate = 0;
    double decay = 0;
    double momentum = 0;
    for (long t = 0; t < recipe.iterations(); t++) {
      rate = Math.max(rate, recipe.learningRate(t));
      decay = Math.max(decay, recipe.weightDecay(t));
      momentum = Math.max(momentum, recipe.momentum(t));
    }
    if (rate * decay <= CharacteristicRoot.critical(momentum)) {
      double most = CharacteristicRoot.of(rate, decay, momentum).oneMinus();
      Twin twin = TexpPlusPlus.of(recipe);
      for (long t = 0; t < recipe.iterations(); t++) {
        assertThat(twin.oneMinusAlpha(t)).isBetween(0.0, most * (1 + 1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("changing")
  void withoutDecayEveryConversionIsTheIdentity(Recipe recipe) {
    Recipe free =
        new Recipe(recipe.learningRate(), new Constant(0), recipe.momentum(), recipe.iterations());
    Twin plusPlus = TexpPlusPlus.of(free);
    Twin decoupled = DecoupledDecay.of(free);
    for (long t = 0; t < free.iterations(); t++) {
      assertThat(plusPlus.logLearningRate(t)).isEqualTo(free.logLearningRate(t));
      assertThat(plusPlus.logScale(t + 1)).isZero();
      assertThat(decoupled.logLearningRate(t)).isEqualTo(free.logLearningRate(t));
      assertThat(decoupled.momentum(t)).isEqualTo(free.momentum(t));
    }
  }

  @ParameterizedTest
  @MethodSource("inPhases")
  void withoutDecayTexpMakesNoCorrection(Recipe recipe) {
    Recipe free =
        new Recipe(recipe.learningRate(), new Constant(0), recipe.momentum(), recipe.iterations());
    Twin texp = Texp.of(free);
    for (long t = 0; t < free.iterations(); t++) {
      assertThat(texp.logLearningRate(t)).isEqualTo(free.logLearningRate(t));
      assertThat(texp.correction(t)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("changing")
  void theChosenDecayLeadsBackToTheRecipe(Recipe recipe) {
    Recipe back = Reverse.withDecay(TexpPlusPlus.of(recipe), recipe.weightDecay());
    for (long t = 0; t < recipe.iterations(); t++) {
      double rate = recipe.learningRate(t);
      assertThat(back.learningRate(t)).isCloseTo(rate, within(1e-12 * rate));
    }
  }

  @ParameterizedTest
  @MethodSource("inPhases")
  void theChosenRateLeadsBackToTheRecipe(Recipe recipe) {
    Recipe back = Reverse.withRate(TexpPlusPlus.of(recipe), recipe.learningRate());
    for (long t = 0; t < recipe.iterations(); t++) {
      double rounding = 1e-12 / recipe.learningRate(t);
      assertThat(back.weightDecay(t)).isCloseTo(recipe.weightDecay(t), within(rounding));
    }
  }

  @ParameterizedTest
  @MethodSource("changing")
  void logarithmsAgreeWithTheProductsTheyStandFor(Recipe recipe) {
    Twin twin = TexpPlusPlus.of(recipe);
    double scale = 1;
    for (long t = 0; t < recipe.iterations(); t++) {
      double next = scale / (1 - twin.oneMinusAlpha(t));
      double rate = scale * next * recipe.learningRate(t);
      assertThat(twin.learningRate(t)).isCloseTo(rate, within(1e-12 * rate));
      scale = next;
    }
    assertThat(Math.exp(twin.logScale(recipe.iterations())))
        .isCloseTo(scale, within(1e-12 * scale));
  }

  @ParameterizedTest
  @MethodSource("inPhases")
  void theGrowthRatioIsThatOfTheTwoSchedules(Recipe recipe) {
    Twin plusPlus = TexpPlusPlus.of(recipe);
    Twin texp = Texp.of(recipe);
    GrowthRatio ratio = GrowthRatio.of(recipe);
    for (long t = 1; t < recipe.iterations(); t++) {
      double growth = texp.logLearningRate(t) - texp.logLearningRate(t - 1);
      double other = plusPlus.logLearningRate(t) - plusPlus.logLearningRate(t - 1);
      assertThat(ratio.minusOne(t)).isCloseTo(Math.expm1(growth - other), within(1e-12));
    }
  }

  static Stream<Arguments> hardSettings() {
    double critical = CharacteristicRoot.critical(0.9);
    return Stream.of(
        Arguments.of(0.1, 1e-14, 0.9),
        Arguments.of(0.1, 5e-4, 0.999),
        Arguments.of(0.1, 2e-6, 0.999),
        Arguments.of(1, critical, 0.9),
        Arguments.of(1, critical * (1 - 1e-9), 0.9),
        Arguments.of(1, critical * (1 - 1e-4), 0.9),
        Arguments.of(1, 0.9, 0));
  }

  @ParameterizedTest
  @MethodSource("hardSettings")
  void texpPlusPlusAgreesWithFiftyDigits(double rate, double decay, double momentum) {
    MathContext digits = new MathContext(50);
    int iterations = 3000;
    BigDecimal offset = BigDecimal.ZERO;
    BigDecimal lambda = new BigDecimal(decay);
    Twin twin;
    try {
      twin = TexpPlusPlus.of(Recipe.of(rate, decay, momentum, iterations));
    } catch (IllegalArgumentException e) {
      assertThat(rate * decay).isGreaterThan(CharacteristicRoot.critical(momentum));
      return;
    }
    for (int t = 0; t < iterations; t++) {
      BigDecimal pull = new BigDecimal(momentum).multiply(offset, digits).add(lambda, digits);
      BigDecimal oneMinus = pull.multiply(new BigDecimal(rate), digits);
      offset = pull.divide(BigDecimal.ONE.subtract(oneMinus), digits);
      double exact = oneMinus.doubleValue();
      assertThat(twin.oneMinusAlpha(t)).isCloseTo(exact, within(1e-15 * exact));
    }
  }

  /** ln P after a million iterations, in decimal arithmetic of 45 digits from the same doubles. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 2e-06, 0.999, 275.82747089896694434",
    "0.1, 1e-14, 0.9, 9.9999100000009527417e-9",
    "0.1, 0.0005, 0.9, 502.39325684770849068",
    "1, 0.0026334038963389955, 0.9, 52668.985928391612545",
    "0.5, 0.3, 0, 162518.92949777465491"
  })
  void aMillionIterationsCostNoDigit(double rate, double decay, double momentum, double logScale) {
    Twin twin = TexpPlusPlus.of(Recipe.of(rate, decay, momentum, 1_000_000));
    assertThat(twin.logScale(1_000_000)).isCloseTo(logScale, within(3e-15 * logScale));
  }

  /** In decimal arithmetic of 60 digits from the same doubles, within 1e-9 of the critical λη. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.102629729743405953",
    "10, 0.070204308608819712",
    "1000, 0.001960360628204431",
    "20000, 0.000096612194642416",
    "100000, 0.000016848818969207"
  })
  void theGrowthRatioKeepsItsDigitsThroughALongPhase(long iteration, double minusOne) {
    GrowthRatio ratio = GrowthRatio.of(Recipe.of(1, 0.0026334038963389955, 0.9, iteration + 1));
    assertThat(ratio.minusOne(iteration)).isCloseTo(minusOne, within(1e-12 * minusOne));
  }

  @Test
  void aMillionTermsCostNoDigit() {
    double log = CharacteristicRoot.of(0.1, 5e-4, 0.9).log();
    Twin twin = Texp.of(Recipe.of(0.1, 5e-4, 0.9, 1_000_000));
    assertThat(twin.logScale(1_000_000)).isCloseTo(-1e6 * log, within(1e-14 * -1e6 * log));
  }

  @Test
  void texpSaysWhereAPhaseHasNone() {
    Recipe above = Recipe.of(t -> t < 7 ? 0.1 : 10, 5e-4, 0.9, 10);
    assertThatThrownBy(() -> Texp.of(above))
        .hasMessageContaining("begins at iteration 7")
        .hasMessageContaining("complex");
    Recipe zero = Recipe.of(t -> t == 3 ? 0 : 0.1, 5e-4, 0.9, 10);
    assertThatThrownBy(() -> Texp.of(zero)).hasMessageContaining("at iteration 3 it is 0");
  }

  @Test
  void eachOptimizerSelectsItsConversion() {
    Recipe recipe = Recipe.of(0.1, 5e-4, 0.9, 10);
    Conversion any = Conversion.TEXP_PLUS_PLUS;
    assertThat(any.forOptimizer(new Optimizer.Momentum()).of(recipe).logScale(10)).isPositive();
    assertThat(any.forOptimizer(new Optimizer.DecoupledMomentum()).of(recipe).momentum(1))
        .isLessThan(0.9);
    assertThat(any.forOptimizer(new Optimizer.Nesterov())).isEqualTo(Conversion.NESTEROV);
    for (Optimizer optimizer :
        List.of(
            Optimizer.AdamW.of(0.9, 0),
            Optimizer.Lion.of(0.9),
            new Optimizer.SignSgd(),
            new Optimizer.Muon(true, 0))) {
      assertThat(any.forOptimizer(optimizer)).isEqualTo(Conversion.FOLLOWING_BUFFERS);
    }
    assertThatThrownBy(() -> Conversion.SMALLER_BETAS.forOptimizer(Optimizer.Lion.of(0.9)))
        .hasMessage("Lion has no conversion by smaller-betas; convert by texp++");
    assertThatThrownBy(() -> Conversion.NESTEROV.forOptimizer(new Optimizer.Momentum()))
        .hasMessageContaining("is not Nesterov's");
    assertThatThrownBy(() -> Conversion.NESTEROV.of(recipe)).hasMessageContaining("gives no Twin");
  }

  @Test
  void decoupledDecayOfAllTheWeightsIsRefused() {
    assertThatThrownBy(() -> DecoupledDecay.of(Recipe.of(2, 0.5, 0.9, 10)))
        .hasMessageContaining("λη = 1.0");
  }
}
