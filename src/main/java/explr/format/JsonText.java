package explr.format;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as people write it: read strictly, with no key twice, and written with what fits on one line
 * on one line.
 */
final class JsonText {

  private static final int WIDTH = 100;

  /** The deepest nesting of brackets: schedules are read and written recursively. */
  private static final int DEEPEST = 100;

  private static final TypeAdapter<JsonElement> ELEMENTS = new Gson().getAdapter(JsonElement.class);
  private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

  private JsonText() {}

  /**
   * The element that a text holds.
   *
   * @throws IllegalArgumentException if it is not JSON, saying where, or has a key twice
   */
  static JsonElement parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the file is empty; a recipe is a JSON object, { … }");
    }
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement element = read(reader, "", 0);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("there is text after the end of the recipe");
      }
      return element;
    } catch (EOFException e) {
      throw new IllegalArgumentException("the JSON ends too early; a bracket is not closed", e);
    } catch (IOException e) {
      // Gson's own message names its Java API and a web page.
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      String where =
          place.find()
              ? String.format(Locale.ROOT, " at line %s, column %s", place.group(1), place.group(2))
              : "";
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the file is not JSON%s; look for a missing or superfluous comma, quote or bracket",
              where),
          e);
    }
  }

  private static JsonElement read(JsonReader reader, String path, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new LocatedException(
          path,
          String.format(
              Locale.ROOT,
              "more than %d brackets are open; look for one that is not closed",
              DEEPEST));
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader, path, depth);
      case BEGIN_ARRAY -> {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(
              read(reader, String.format(Locale.ROOT, "%s[%d]", path, array.size()), depth + 1));
        }
        reader.endArray();
        yield array;
      }
      case STRING, NUMBER, BOOLEAN, NULL -> ELEMENTS.read(reader);
      default -> throw new EOFException();
    };
  }

  private static JsonObject object(JsonReader reader, String path, int depth) throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      if (object.has(key)) {
        throw new LocatedException(
            path, String.format(Locale.ROOT, "the key '%s' occurs twice", Fields.shortened(key)));
      }
      object.add(key, read(reader, path.isEmpty() ? key : path + "." + key, depth + 1));
    }
    reader.endObject();
    return object;
  }

  /** A number by the shortest text that reads back to the same bits; infinities as strings. */
  static JsonElement number(double value) {
    String text = text(value);
    return Double.isInfinite(value)
        ? new JsonPrimitive(text)
        : new JsonPrimitive(new Written(text, value));
  }

  /** The text of {@link #number}; inf and -inf where there is no number. */
  static String text(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0";
    }
    String text = Double.toString(value);
    double size = Math.abs(value);
    if (size >= 1e-3 && size < 1e15) {
      boolean plain = size < 1e7 && !text.endsWith("0");
      return plain ? text : new BigDecimal(text).stripTrailingZeros().toPlainString();
    }
    return text.replace(".0E", "e").replace("E", "e");
  }

  /** The text of an element, ending in a line break. */
  static String write(JsonElement element) {
    StringBuilder text = new StringBuilder();
    try {
      write(element, "", 0, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonElement element, String indent, int before, Appendable text)
      throws IOException {
    if (onOneLine(element, indent.length() + before)) {
      writeLine(element, text);
      return;
    }
    String deeper = indent + "  ";
    String separator = "\n";
    if (element.isJsonArray()) {
      text.append('[');
      for (JsonElement item : element.getAsJsonArray()) {
        text.append(separator).append(deeper);
        write(item, deeper, 1, text);
        separator = ",\n";
      }
      text.append('\n').append(indent).append(']');
    } else {
      text.append('{');
      for (String key : element.getAsJsonObject().keySet()) {
        String name = new JsonPrimitive(key) + ": ";
        text.append(separator).append(deeper).append(name);
        write(element.getAsJsonObject().get(key), deeper, name.length() + 1, text);
        separator = ",\n";
      }
      text.append('\n').append(indent).append('}');
    }
  }

  private static boolean onOneLine(JsonElement element, int column) throws IOException {
    if (element.isJsonPrimitive() || ofNumbers(element)) {
      return true;
    }
    StringBuilder line = new StringBuilder();
    return !hasLongList(element) && writeLine(element, line).length() + column <= WIDTH;
  }

  /** Whether an object cannot fit on a line for a list in it. */
  private static boolean hasLongList(JsonElement element) {
    return element.isJsonObject()
        && element.getAsJsonObject().asMap().values().stream()
            .anyMatch(each -> each.isJsonArray() && each.getAsJsonArray().size() > WIDTH);
  }

  /** A long list of numbers is for programs, which do not mind the length of a line. */
  private static boolean ofNumbers(JsonElement element) {
    return element.isJsonArray()
        && element.getAsJsonArray().asList().stream().allMatch(JsonElement::isJsonPrimitive);
  }

  /** On one line, with a blank after each colon and comma. */
  private static <T extends Appendable> T writeLine(JsonElement element, T text)
      throws IOException {
    String separator = "";
    if (element.isJsonObject()) {
      text.append('{');
      for (String key : element.getAsJsonObject().keySet()) {
        text.append(separator).append(new JsonPrimitive(key).toString()).append(": ");
        writeLine(element.getAsJsonObject().get(key), text);
        separator = ", ";
      }
      text.append('}');
    } else if (element.isJsonArray()) {
      text.append('[');
      for (JsonElement item : element.getAsJsonArray()) {
        text.append(separator);
        writeLine(item, text);
        separator = ", ";
      }
      text.append(']');
    } else {
      boolean number = element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
      text.append(number ? element.getAsString() : element.toString());
    }
    return text;
  }

  /** A number that keeps the text it is written as. */
  private static final class Written extends Number {
    private final String text;
    private final double value;

    Written(String text, double value) {
      this.text = text;
      this.value = value;
    }

    @Override
    public int intValue() {
      return (int) value;
    }

    @Override
    public long longValue() {
      return (long) value;
    }

    @Override
    public float floatValue() {
      return (float) value;
    }

    @Override
    public double doubleValue() {
      return value;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
