package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.CharacteristicRoot;
import explr.lesson.RatioBound.Exceedance;
import explr.lesson.RatioBound.Phase;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatioBoundTest {

  private static final RatioBound PAPER =
      RatioBound.of(
          Recipe.of(StepDecay.from(0.1).dividedBy(10).after(31_280, 46_920), 5e-4, 0.9, 62_560));

  @Test
  void atThePapersSettingBothBoundsHold() {
    assertThat(PAPER.phases()).extracting(Phase::start).containsExactly(0L, 31_280L, 46_920L);
    Exceedance printed = PAPER.printed().orElseThrow();
    assertThat(printed.iterations()).isZero();
    assertThat(printed.first()).isEqualTo(-1);
    assertThat(printed.times()).isCloseTo(8.60157e-4 / 1.5e-3, within(1e-6));
    assertThat(PAPER.corrected().orElseThrow().times()).isBetween(0.5, 1.0);
  }

  @Test
  void theFirstIterationBelowASizeIsNamedByPhase() {
    Phase first = PAPER.phases().get(0);
    long t = PAPER.firstBelow(first, 1e-6).orElseThrow();
    var ratio = PAPER.comparison().orElseThrow().ratio();
    assertThat(Math.abs(ratio.minusOne(t))).isLessThan(1e-6);
    assertThat(Math.abs(ratio.minusOne(t - 1))).isGreaterThan(1e-6);
    assertThat(PAPER.firstBelow(PAPER.phases().get(1), 1e-6)).hasValue(31_280);
    assertThat(PAPER.firstBelow(first, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.9951", "0.8, 0.9617", "0.9, 0.9344", "0.95, 0.9147", "0.99, 0.8946"})
  void thePrintedConstantFailsFromAPartOfTheCriticalProduct(double momentum, double part) {
    double from = RatioBound.printedFailsFrom(momentum);
    assertThat(from).isCloseTo(part, within(5e-5));
    assertThat(RatioBound.timesPrinted(momentum, from - 1e-6)).isLessThan(1);
    assertThat(RatioBound.timesPrinted(momentum, from + 1e-6)).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.04, 0.25, 0.5, 0.9, 0.999})
  void atTheCriticalProductItFailsByTwoThirdsOfOnePlusRootGamma(double momentum) {
    assertThat(RatioBound.timesPrinted(momentum, 1))
        .isCloseTo(2.0 / 3 * (1 + Math.sqrt(momentum)), within(1e-6));
  }

  @Test
  void upToAQuarterOfMomentumItNeverFails() {
    assertThat(RatioBound.timesPrinted(0.24, 0.999999)).isLessThan(1);
    assertThatThrownBy(() -> RatioBound.printedFailsFrom(0.25)).hasMessageContaining("0.25");
  }

  static Stream<Recipe> constant() {
    return Stream.of(0.3, 0.5, 0.9, 0.99)
        .flatMap(
            momentum ->
                Stream.of(0.1, 0.9, 0.999, 0.999999)
                    .map(
                        part ->
                            Recipe.of(
                                1, part * CharacteristicRoot.critical(momentum), momentum, 500)));
  }

  /** What {@link RatioBound#printedFailsFrom} rests on. */
  @ParameterizedTest
  @MethodSource("constant")
  void aConstantRateComesNearestToItsBoundAtOnce(Recipe recipe) {
    RatioBound numbers = RatioBound.of(recipe);
    var comparison = numbers.comparison().orElseThrow();
    double atOnce = comparison.ratio().logDistance(1) - comparison.bound().logPrinted(1);
    assertThat(numbers.printed().orElseThrow().times()).isEqualTo(Math.exp(atOnce));
  }

  @Test
  void theExceedanceEndsWhereTheBoundHoldsAgain() {
    double decay = 0.95 * CharacteristicRoot.critical(0.9);
    RatioBound numbers = RatioBound.of(Recipe.of(1, decay, 0.9, 2000));
    Exceedance printed = numbers.printed().orElseThrow();
    assertThat(printed.first()).isOne();
    assertThat(printed.last()).isEqualTo(printed.iterations());
    assertThat(printed.times()).isBetween(1.01, 1.3);
    var comparison = numbers.comparison().orElseThrow();
    long after = printed.last() + 1;
    assertThat(comparison.ratio().logDistance(after))
        .isLessThan(comparison.bound().logPrinted(after));
    assertThat(numbers.corrected().orElseThrow().iterations()).isZero();
  }

  @Test
  void aPhaseTooShortToSettleLeavesItsDistanceToTheNextWhichBreaksTheBoundToo() {
    RatioBound numbers =
        RatioBound.of(
            RatioBoundSetting.of(0.1, 5e-4, 0.9999, 0.99, 1, 80, 10, 120, 10, 20).recipe());
    var comparison = numbers.comparison().orElseThrow();
    double times = Math.exp(comparison.ratio().logDistance(21) - comparison.bound().logPrinted(1));
    assertThat(times).isCloseTo(1.19, within(5e-3));
    assertThat(numbers.printed().orElseThrow().last()).isEqualTo(59);
    assertThat(numbers.printed().orElseThrow().iterations()).isEqualTo(57);
  }

  @Test
  void aboveTheCriticalProductThereIsTexpPlusPlusAlone() {
    double decay = 1.01 * CharacteristicRoot.critical(0.9);
    RatioBound numbers = RatioBound.of(Recipe.of(1, decay, 0.9, 2000));
    assertThat(numbers.comparison()).isEmpty();
    assertThat(numbers.printed()).isEmpty();
    assertThat(numbers.exists()).isBetween(100L, 1999L);
    assertThat(numbers.texpPlusPlus().orElseThrow().iterations()).isEqualTo(numbers.exists());
    assertThat(RatioBoundReadout.of(numbers))
        .contains(List.of("TEXP", "undefined: in phase 1 λη is above its critical value"))
        .anyMatch(row -> row.get(1).contains("iterations; then α would not be above 0"));
    RatioBound briefly =
        RatioBound.of(Recipe.of(StepDecay.from(1).dividedBy(10).after(20), decay, 0.9, 2000));
    assertThat(briefly.exists()).isEqualTo(2000);
    assertThat(briefly.comparison()).isEmpty();
    assertThat(RatioBoundReadout.of(briefly)).contains(List.of("TEXP++", "exists throughout"));
  }

  @Test
  void withoutMomentumThereIsNothingToBound() {
    RatioBound numbers = RatioBound.of(Recipe.of(0.1, 5e-4, 0, 100));
    Exceedance printed = numbers.printed().orElseThrow();
    assertThat(printed.iterations()).isZero();
    assertThat(printed.times()).isZero();
  }

  @Test
  void theReadoutSaysThePapersNumbers() {
    assertThat(RatioBoundReadout.of(PAPER))
        .contains(
            List.of("printed bound, C = 0.0015", "holds; at most 0.5734 of it is reached"),
            List.of("", "phase 1", "phase 2", "phase 3"),
            List.of("learning rate η", "0.1", "0.01", "0.001"),
            List.of("equilibrium time (iterations)", "500", "5000", "50000"));
  }
}
