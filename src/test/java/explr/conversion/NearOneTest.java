package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs with λη so near 1 that a step leaves almost nothing of the weights. */
class NearOneTest {

  private static final MathContext DIGITS = new MathContext(60);

  /** −ln(1 − λη), the product exact. */
  private static double logGrowth(double learningRate, double weightDecay) {
    BigDecimal product = new BigDecimal(learningRate).multiply(new BigDecimal(weightDecay));
    return -Math.log(BigDecimal.ONE.subtract(product).doubleValue());
  }

  static Stream<Arguments> everyConversionNearOne() {
    Random random = new Random(20);
    return Stream.of(Conversion.values())
        .filter(conversion -> conversion != Conversion.WITH_DECAY)
        .flatMap(
            conversion ->
                random
                    .doubles(40, -17, -1)
                    .mapToObj(
                        exponent -> {
                          double rate = 0.1 + 2 * random.nextDouble();
                          return Arguments.of(
                              conversion, rate, (1 - Math.pow(10, exponent)) / rate);
                        }))
        .filter(each -> exactlyBelowOne((double) each.get()[1], (double) each.get()[2]));
  }

  /** ln P after each step, ln η̃, the correction and u. */
  private static List<double[]> steps(Conversion conversion, Recipe recipe) {
    Optimizer optimizer =
        switch (conversion) {
          case SMALLER_BETAS, FOLLOWING_BUFFERS -> Optimizer.AdamW.of(0.99, 1e-8);
          case NESTEROV -> new Optimizer.Nesterov();
          case DECOUPLED -> new Optimizer.DecoupledMomentum();
          case RATE_INSIDE_BUFFER -> new Optimizer.RateInsideBuffer();
          default -> new Optimizer.Momentum();
        };
    List<double[]> steps = new ArrayList<>();
    conversion.forEach(
        recipe,
        optimizer,
        step ->
            steps.add(
                new double[] {
                  step.logScaleAfter(),
                  step.logLearningRate(),
                  step.correction(),
                  step.bufferOffsetAfter()
                }));
    return steps;
  }

  private static boolean exactlyBelowOne(double learningRate, double weightDecay) {
    return new BigDecimal(learningRate)
            .multiply(new BigDecimal(weightDecay))
            .compareTo(BigDecimal.ONE)
        < 0;
  }

  @ParameterizedTest
  @MethodSource("everyConversionNearOne")
  void growsByTheExactLogarithm(Conversion conversion, double learningRate, double weightDecay) {
    List<double[]> steps = steps(conversion, Recipe.of(learningRate, weightDecay, 0, 3));
    double growth = logGrowth(learningRate, weightDecay);
    assertThat(steps.get(0)[0]).isCloseTo(growth, within(1e-15 * growth));
    assertThat(steps.get(2)[0]).isCloseTo(3 * growth, within(4e-15 * growth));
    assertThat(steps.get(0)[1])
        .isCloseTo(Math.log(learningRate) + growth, within(1e-15 * (1 + growth)));
  }

  /** The product rounds to 1, so that its complement rounds to 0; the exact one is 4.1e-17. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITH_DECAY")
  void isANumberWhereTheProductRoundsToOne(Conversion conversion) {
    assertThat(0.7 * 1.4285714285714286).isEqualTo(1.0);
    List<double[]> steps = steps(conversion, Recipe.of(0.7, 1.4285714285714286, 0, 2));
    assertThat(steps.get(0)[0]).isCloseTo(37.727199273704978, within(1e-14));
    assertThat(Arrays.stream(steps.get(1))).allMatch(Double::isFinite);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITH_DECAY")
  void refusesAProductOfOneAndAboveWithTheValues(Conversion conversion) {
    for (double decay : new double[] {2, 2.0000000000000004, 1e3, 1e308}) {
      assertThatThrownBy(() -> steps(conversion, Recipe.of(0.5, decay, 0, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("NaN")
          .containsAnyOf("" + decay, "" + 0.5 * decay);
    }
  }

  /** Each step leaves a fraction of the weights, down to 1e-12 in some recipes. */
  @Test
  void theRecursionWithMomentumKeepsItsDigitsOrIsRefused() {
    Random random = new Random(21);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      int iterations = 6;
      double[] rates = new double[iterations];
      double momentum = random.nextDouble();
      BigDecimal decay = new BigDecimal(random.nextDouble());
      BigDecimal offset = BigDecimal.ZERO;
      double[] alphas = new double[iterations];
      for (int t = 0; t < iterations; t++) {
        BigDecimal pull = decay.add(new BigDecimal(momentum).multiply(offset, DIGITS), DIGITS);
        double part = Math.pow(10, -(1 + i % 12) * random.nextDouble());
        rates[t] = (1 - part) / pull.doubleValue();
        BigDecimal alpha =
            BigDecimal.ONE.subtract(pull.multiply(new BigDecimal(rates[t]), DIGITS), DIGITS);
        offset = pull.divide(alpha, DIGITS);
        alphas[t] = alpha.doubleValue();
      }
      Rates recipe = Recipe.of(t -> rates[(int) t], decay.doubleValue(), momentum, iterations);
      Twin twin;
      try {
        twin = TexpPlusPlus.of(recipe);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageMatching(".*(too few digits|is not positive).*");
        refused++;
        continue;
      }
      double sum = 0;
      for (int t = 0; t < iterations; t++) {
        sum -= Math.log(alphas[t]);
        assertThat(twin.logScale(t + 1)).isCloseTo(sum, within(1e-12));
      }
    }
    assertThat(refused).isBetween(20, 200);
  }

  @Test
  void texpMinusMinusRefusesARootThatDependsOnLostDigits() {
    Recipe recipe =
        Recipe.of(StepDecay.from(0.7).dividedBy(0.9).after(1), 1.4285714285714286 * 0.9, 0, 3);
    assertThatThrownBy(() -> TexpMinusMinus.of(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iteration 1")
        .hasMessageContaining("λη near 1");
    assertThat(Texp.of(recipe).logScale(3)).isFinite();
  }
}
