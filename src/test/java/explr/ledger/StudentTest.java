package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTest {

  /** NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2, column 0.95. */
  @ParameterizedTest
  @CsvSource({
    "1,6.314",
    "2,2.920",
    "3,2.353",
    "4,2.132",
    "5,2.015",
    "6,1.943",
    "7,1.895",
    "8,1.860",
    "9,1.833",
    "10,1.812",
    "15,1.753",
    "20,1.725",
    "30,1.697",
    "60,1.671",
    "100,1.660",
    "Infinity,1.645"
  })
  void quantilesAreThoseOfPublishedTables(double degrees, double quantile) {
    assertThat(Student.quantile(degrees)).isCloseTo(quantile, within(0.0005));
  }

  @Test
  void quantilesAgreeWithTheClosedForms() {
    assertThat(Student.quantile(1)).isCloseTo(Math.tan(0.45 * Math.PI), within(1e-12));
    assertThat(Student.quantile(2)).isCloseTo(0.9 / Math.sqrt(2 * 0.95 * 0.05), within(1e-12));
    assertThat(Student.quantile(Double.POSITIVE_INFINITY))
        .isCloseTo(1.6448536269514722, within(1e-15));
  }

  @Test
  void aFractionalNumberBelowFiveIsRoundedDown() {
    assertThat(Student.quantile(1.9)).isEqualTo(Student.quantile(1));
    assertThat(Student.quantile(4.9)).isEqualTo(Student.quantile(4));
    assertThat(Student.quantile(5.5)).isBetween(1.943, 2.015);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.9, -1, Double.NaN})
  void refusesLessThanOneDegree(double degrees) {
    assertThatThrownBy(() -> Student.quantile(degrees))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not " + degrees);
  }
}
