package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClaimTest {

  @Test
  void whatHoldsSaysItsNumbers() {
    assertThat(Claim.that("distance", 3.2e-16).isBelow(1e-12))
        .isEqualTo(new Claim("distance", 3.2e-16, "below 1e-12"))
        .hasToString("distance: 3.2e-16, as it must be: below 1e-12");
    assertThat(Claim.that("growth", 1.4812333).is(1.48123, 6).bound())
        .isEqualTo("1.48123 (6 digits)");
    assertThat(Claim.that("ratio", 0.37).isBetween(0.36, 0.38).bound())
        .isEqualTo("between 0.36 and 0.38");
    assertThat(Claim.that("τ", 500).isAbove(100).bound()).isEqualTo("above 100");
  }

  @Test
  void whatDoesNotHoldThrowsWithTheNumbers() {
    assertThatThrownBy(() -> Claim.that("distance", 2e-12).isBelow(1e-12))
        .isInstanceOf(AssertionError.class)
        .hasMessage("distance: must be below 1e-12, is 2.0E-12");
    assertThatThrownBy(() -> Claim.that("error", -2e-12).isBelow(1e-12))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Claim.that("growth", 1.48124).is(1.48123, 6))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1.48124");
    assertThatThrownBy(() -> Claim.that("ratio", 0.39).isBetween(0.36, 0.38))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theEndsOfAnIntervalBelongToItAndABoundDoesNot() {
    assertThat(Claim.that("ratio", 0.36).isBetween(0.36, 0.38).value()).isEqualTo(0.36);
    assertThat(Claim.that("ratio", 0.38).isBetween(0.36, 0.38).value()).isEqualTo(0.38);
    assertThatThrownBy(() -> Claim.that("error", 1e-12).isBelow(1e-12))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Claim.that("error", -1e-12).isBelow(1e-12))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Claim.that("least", 0).isAbove(0)).isInstanceOf(AssertionError.class);
  }

  @Test
  void aBoundIsToldInAllItsDigits() {
    assertThat(Claim.that("small", 1.234561e-7).is(1.23456e-7, 6).bound())
        .isEqualTo("1.23456e-7 (6 digits)");
    assertThat(Claim.that("large", 0).isBelow(1_234_567).bound()).isEqualTo("below 1234567");
    assertThat(Claim.that("middle", 1).isAbove(0.123456789).bound()).isEqualTo("above 0.123456789");
    assertThat(Claim.that("many", 4e6).isAbove(1e6).bound()).isEqualTo("above 1e6");
  }

  @Test
  void aBoundThatWasComputedIsToldInAsManyAsMatter() {
    assertThat(Claim.that("least", 1).isAbove(0.1 / Math.PI).bound()).isEqualTo("above 0.031831");
    assertThat(Claim.that("root", Math.sqrt(7)).is(Math.sqrt(7), 3).bound())
        .isEqualTo("2.64575 (3 digits)");
    assertThat(Claim.that("root", Math.sqrt(7)).is(Math.sqrt(7), 9).bound())
        .isEqualTo("2.645751311 (9 digits)");
    assertThat(Claim.that("nothing", 0).isBetween(0, 0).bound()).isEqualTo("exactly 0");
  }

  @Test
  void digitsAreComparedInUnitsOfTheLastOne() {
    assertThat(Claim.that("ratio", 1.3049).is(1.30, 3).bound()).isEqualTo("1.3 (3 digits)");
    assertThatThrownBy(() -> Claim.that("ratio", 1.3051).is(1.30, 3))
        .isInstanceOf(AssertionError.class);
    // Half a unit of the third digit is .005; |expected| 10^-2 / 2 would be ten times that.
    assertThatThrownBy(() -> Claim.that("ratio", 9.9956).is(9.99, 3))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void notANumberFailsEveryClaim() {
    Claim.About nothing = Claim.that("nothing", Double.NaN);
    assertThatThrownBy(() -> nothing.isBelow(1)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> nothing.isAbove(-1)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> nothing.isBetween(-1, 1)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> nothing.is(1, 3)).isInstanceOf(AssertionError.class);
  }

  @Test
  void digitsAreComparedOfNumbersThatHaveSome() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Claim.that("zero", 0).is(0, 3))
        .withMessageContaining("3 of 0.0");
  }

  @Test
  void claimsMakeATable() {
    assertThat(
            Claim.table(Claim.that("a", 1).isAbove(0), Claim.that("b", 0).isBelow(1))
                .stringColumn("what")
                .asList())
        .containsExactly("a", "b");
  }
}
