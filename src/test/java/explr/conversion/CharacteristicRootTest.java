package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CharacteristicRootTest {

  private static final MathContext DIGITS = new MathContext(40);

  @Test
  void growsThePapersRateBy1_48123AnEpoch() {
    double perEpoch = 391 * -2 * CharacteristicRoot.of(0.1, 5e-4, 0.9).log();
    assertThat(Math.exp(perEpoch)).isCloseTo(1.48123, within(5e-6));
    assertThat(Math.exp(391 * -2 * CharacteristicRoot.of(0.01, 5e-4, 0.9).log()))
        .isCloseTo(1.03989, within(5e-6));
    assertThat(Math.exp(391 * -2 * CharacteristicRoot.of(0.001, 5e-4, 0.9).log()))
        .isCloseTo(1.00392, within(5e-6));
  }

  @Test
  void isOneWithoutDecayAndOneMinusProductWithoutMomentum() {
    assertThat(CharacteristicRoot.of(0.1, 0, 0.9).value()).isOne();
    assertThat(CharacteristicRoot.of(0.1, 0, 0.9).oneMinus()).isZero();
    assertThat(CharacteristicRoot.of(0.5, 0.5, 0).value()).isEqualTo(0.75);
  }

  @Test
  void meetsTheSmallerRootAtTheCriticalProduct() {
    assertThat(CharacteristicRoot.critical(0.9)).isCloseTo(0.0026334, within(5e-8));
    CharacteristicRoot critical = CharacteristicRoot.of(0.25, 1, 0.25);
    assertThat(critical.value()).isEqualTo(0.5);
    assertThat(critical.smaller()).isEqualTo(0.5);
    assertThat(critical.separation()).isZero();
    double decimal = CharacteristicRoot.of(0.1, 0.1, 0.81).value();
    assertThat(decimal).isCloseTo(0.9, within(1e-8));
  }

  @Test
  void refusesComplexRootsAndSaysWhatTheProductMayBe() {
    assertThatThrownBy(() -> CharacteristicRoot.of(1, 0.0027, 0.9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0027")
        .hasMessageContaining("0.00263340");
  }

  @Test
  void existsUpToTheCriticalProduct() {
    assertThat(CharacteristicRoot.exists(0.25, 1, 0.25)).isTrue();
    assertThat(CharacteristicRoot.exists(0.2500001, 1, 0.25)).isFalse();
    assertThat(CharacteristicRoot.exists(1, 1, 0)).isFalse();
    assertThat(CharacteristicRoot.belowCritical(0.25, 1, 0.25)).isZero();
    assertThat(CharacteristicRoot.belowCritical(0.5, 0.5625, 0.25)).isEqualTo(-0.03125);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void agreesWithFortyDigits(double learningRate, double weightDecay, double momentum) {
    CharacteristicRoot root = CharacteristicRoot.of(learningRate, weightDecay, momentum);
    BigDecimal gamma = new BigDecimal(momentum);
    BigDecimal product = new BigDecimal(learningRate).multiply(new BigDecimal(weightDecay));
    BigDecimal sum = BigDecimal.ONE.add(gamma).subtract(product);
    BigDecimal separation =
        sum.multiply(sum).subtract(gamma.multiply(new BigDecimal(4))).sqrt(DIGITS);
    BigDecimal exact = sum.add(separation).divide(new BigDecimal(2), DIGITS);

    assertThat(relative(root.value(), exact)).isLessThan(1e-14);
    assertThat(relative(root.oneMinus(), BigDecimal.ONE.subtract(exact))).isLessThan(1e-14);
    assertThat(relative(root.separation(), separation)).isLessThan(1e-13);
  }

  static Stream<Arguments> settings() {
    Random random = new Random(1);
    return Stream.generate(
            () -> {
              double momentum =
                  switch (random.nextInt(4)) {
                    case 0 -> 0.0;
                    case 1 -> 1 - Math.pow(10, -4 * random.nextDouble());
                    case 2 -> Math.pow(10, -10 * random.nextDouble());
                    default -> random.nextDouble();
                  };
              double critical = CharacteristicRoot.critical(momentum);
              // from far below the critical product to within 1e-13 of it
              double part =
                  random.nextBoolean()
                      ? Math.pow(10, -14 * random.nextDouble())
                      : 1 - Math.pow(10, -13 * random.nextDouble());
              double learningRate = Math.pow(10, 2 - 4 * random.nextDouble());
              return Arguments.of(learningRate, part * critical / learningRate, momentum);
            })
        .filter(a -> realWithRoom(a.get()))
        .limit(1000);
  }

  private static boolean realWithRoom(Object[] a) {
    double product = (double) a[0] * (double) a[1];
    return product < CharacteristicRoot.critical((double) a[2]) * (1 - 1e-13);
  }

  private static double relative(double value, BigDecimal exact) {
    if (exact.signum() == 0) {
      return Math.abs(value);
    }
    return new BigDecimal(value).subtract(exact).divide(exact, DIGITS).abs().doubleValue();
  }
}
