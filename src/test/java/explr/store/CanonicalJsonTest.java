package explr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  /** The samples of RFC 8785, Appendix B. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void aDoubleIsWrittenAsTheStandardWritesIt(String bits, String text) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(CanonicalJson.number(value)).isEqualTo(text);
  }

  @Test
  void everyDoubleReadsBack() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(CanonicalJson.number(value))).isEqualTo(value);
      }
    }
    // Below a power of two doubles lie half as far apart as above it.
    for (int exponent = -1074; exponent < 1024; exponent++) {
      double value = Math.scalb(1.0, exponent);
      assertThat(Double.parseDouble(CanonicalJson.number(value))).isEqualTo(value);
    }
  }

  @Test
  void keysAreSortedAndNothingIsIndented() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", List.of(1, 2L, true, Map.of()));
    map.put("\u20ac", 1e-5);
    map.put("a", List.of());
    assertThat(CanonicalJson.of(map))
        .isEqualTo("{\"a\":[],\"b\":[1,2,true,{}],\"\u20ac\":0.00001}");
  }

  @Test
  void whatAStringHoldsComesBack() {
    StringBuilder all = new StringBuilder("\"\\/\u20ac\ud83d\ude00");
    for (char c = 0; c < 0x80; c++) {
      all.append(c);
    }
    String text = CanonicalJson.of(all.toString());
    assertThat(JsonParser.parseString(text).getAsString()).contains(all);
    assertThat(CanonicalJson.of("\n\u000f\u001a")).isEqualTo("\"\\n\\u000f\\u001a\"");
  }

  @Test
  void wholeNumbersOf64BitsAreWrittenInFull() {
    assertThat(CanonicalJson.of(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
  }

  @Test
  void whatHasNoOneTextIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalJson.of(List.of(Double.NaN)))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalJson.of(new int[1].getClass()))
        .withMessageContaining("class [I");
  }
}
