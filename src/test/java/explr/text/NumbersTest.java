package explr.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "0.9996, 1",
    "-2.5, -2.5",
    "0.08431, 0.0843",
    "0.001, 0.001",
    "0.0009996, 0.001",
    "0.0001, 1·10^-4",
    "4.884e-5, 4.88·10^-5",
    "1e-10, 1·10^-10",
    "100, 100",
    "1000, 1000",
    "1234, 1230",
    "99940, 99900",
    "99960, 1·10^5",
    "-123456, -1.23·10^5",
    "NaN, NaN",
    "-Infinity, -Infinity",
  })
  void aCaptionHasSignificantDigitsWithoutZerosAtTheEnd(double value, String text) {
    assertThat(Numbers.significant(value, 3)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "0, 0",
    "-2, -2",
    "0.30000000000000004, 0.3",
    "1.48123456789, 1.48123",
    "100, 100",
    "123456, 123456",
    "999999.6, 1e6",
    "123456789, 1.23457e8",
    "3.1e26, 3.1e26",
    "0.00005, 5e-5",
    "Infinity, Infinity"
  })
  void aTableHasThemAsAProgramWritesThem(double value, String text) {
    assertThat(Numbers.literal(value, 6)).isEqualTo(text);
  }

  @Test
  void wholeNumbersAreWrittenOutAsFarAsTheirDigitsAreAskedFor() {
    assertThat(Numbers.literal(1_234_567, 7)).isEqualTo("1234567");
    assertThat(Numbers.literal(1_234_567, 6)).isEqualTo("1.23457e6");
    assertThat(Numbers.literal(200_000, 1)).isEqualTo("2e5");
    assertThat(Numbers.literal(50_000, 1)).isEqualTo("50000");
  }

  /** The double 49.995 is a little less than it reads; JavaScript's toPrecision(4) gives 49.99. */
  @Test
  void significantDigitsAreRoundedByTheExactValueAndDecimalsAsTheNumberReads() {
    assertThat(Numbers.significant(49.995, 4)).isEqualTo("49.99");
    assertThat(Numbers.fixed(49.995, 2)).isEqualTo("50.00");
  }

  @Test
  void decimalsAreExactlyOrAtMostSoMany() {
    assertThat(Numbers.fixed(87.45, 1)).isEqualTo("87.5");
    assertThat(Numbers.fixed(1, 2)).isEqualTo("1.00");
    assertThat(Numbers.fixed(-0.4, 0)).isEqualTo("-0");
    assertThat(Numbers.fixed(Double.NaN, 1)).isEqualTo("NaN");
    assertThat(Numbers.rounded(80, 6)).isEqualTo("80");
    assertThat(Numbers.rounded(1000, 1)).isEqualTo("1000");
    assertThat(Numbers.rounded(159.9, 6)).isEqualTo("159.9");
    assertThat(Numbers.rounded(2.076923076923077, 6)).isEqualTo("2.076923");
    assertThat(Numbers.rounded(-0.04, 1)).isEqualTo("0");
    assertThat(Numbers.rounded(Double.NaN, 1)).isEqualTo("NaN");
  }

  @Test
  void countsAreGroupedByThousands() {
    assertThat(Numbers.count(62_560)).isEqualTo("62,560");
    assertThat(Numbers.count(391)).isEqualTo("391");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-1, 0.1",
    "-3, 0.001",
    "-3.1, 10^-3.1",
    "1.5451, 35.1",
    "4.9, 79400",
    "5, 10^5",
    "26.12, 10^26.1",
    "-Infinity, 0",
    "NaN, not a number"
  })
  void aPowerOfTenIsWrittenOutWhereItIsOfEverydaySize(double log10, String text) {
    assertThat(Numbers.powerOfTen(log10)).isEqualTo(text);
  }

  @Test
  void theTextIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (Locale locale : new Locale[] {Locale.GERMANY, Locale.forLanguageTag("ar-EG")}) {
        Locale.setDefault(locale);
        assertThat(Numbers.significant(0.5, 3)).isEqualTo("0.5");
        assertThat(Numbers.literal(1.5e-7, 3)).isEqualTo("1.5e-7");
        assertThat(Numbers.fixed(0.5, 2)).isEqualTo("0.50");
        assertThat(Numbers.rounded(0.5, 2)).isEqualTo("0.5");
        assertThat(Numbers.count(1_000)).isEqualTo("1,000");
        assertThat(Numbers.powerOfTen(26.1)).isEqualTo("10^26.1");
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
