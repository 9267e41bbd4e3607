package explr.store;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON of which each value has one text only, so that the text can be hashed: RFC 8785, with whole
 * numbers of 64 bits written in full.
 *
 * <p>Keys are sorted, nothing is indented, and a double is written with the fewest digits that read
 * back as the same double. {@link Double#toString(double)} would not do: its digits changed with
 * Java 19.
 */
final class CanonicalJson {

  private static final int MOST_DIGITS = 17;

  /** Numbers from 10^21 and below 10^-6 have an exponent. */
  private static final int MOST_PLAIN = 21;

  private static final int LEAST_PLAIN = -6;

  private CanonicalJson() {}

  /**
   * The text of a value.
   *
   * @param value text, true or false, int, long, finite double, a map with such values, or a
   *     collection of them
   */
  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, Object value) {
    if (value instanceof String string) {
      quote(text, string);
    } else if (value instanceof Boolean || value instanceof Long || value instanceof Integer) {
      text.append(value);
    } else if (value instanceof Double number) {
      text.append(number(number));
    } else if (value instanceof Map<?, ?> map) {
      appendMap(text, map);
    } else if (value instanceof Collection<?> list) {
      appendList(text, list);
    } else {
      throw new IllegalArgumentException(
          "JSON is written of text, true and false, int, long, double, maps and lists, not of "
              + value);
    }
  }

  private static void appendMap(StringBuilder text, Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    String before = "{";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      text.append(before);
      quote(text, entry.getKey());
      text.append(':');
      append(text, entry.getValue());
      before = ",";
    }
    text.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void appendList(StringBuilder text, Collection<?> list) {
    String before = "[";
    for (Object element : list) {
      text.append(before);
      append(text, element);
      before = ",";
    }
    text.append(list.isEmpty() ? "[]" : "]");
  }

  private static void quote(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> {
          if (c < ' ') {
            text.append("\\u00")
                .append(c < 0x10 ? '0' : '1')
                .append(Character.forDigit(c & 15, 16));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  /** A double as ECMAScript writes it. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number for " + value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    // The value is 0.digits times ten to this power.
    int point = digits.length() - shortest.scale();
    return (value < 0 ? "-" : "") + placed(digits, point);
  }

  private static String placed(String digits, int point) {
    if (point > MOST_PLAIN || point <= LEAST_PLAIN) {
      String exponent = (point > 0 ? "+" : "") + (point - 1);
      return digits.charAt(0)
          + (digits.length() > 1 ? "." + digits.substring(1) : "")
          + "e"
          + exponent;
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return digits.length() <= point
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  /** The nearest decimal with the fewest digits that read back as this double. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      // At a power of two the nearest may read back as the neighbour, and another one not.
      for (RoundingMode mode :
          new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP}) {
        BigDecimal rounded = exact.round(new MathContext(digits, mode));
        if (rounded.doubleValue() == value) {
          return rounded;
        }
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
  }
}
