package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The fields of a JSON object, read by name and type. Keys that were never read are refused at the
 * end, so that no misspelt key is ignored. Every message begins with the path of the key.
 */
final class Fields {

  private final JsonObject object;
  private final String path;
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(JsonObject object, String path) {
    this.object = object;
    this.path = path;
  }

  /** The fields of an element, which must be an object. */
  static Fields of(JsonElement element, String path, String what) {
    if (!element.isJsonObject()) {
      throw new LocatedException(
          path, String.format(Locale.ROOT, "must be %s, not %s", what, shortened(element)));
    }
    return new Fields(element.getAsJsonObject(), path);
  }

  /** The path of the object. */
  String path() {
    return path;
  }

  /** The path of a key. */
  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean has(String key) {
    asked.add(key);
    return object.has(key);
  }

  JsonElement element(String key) {
    if (!has(key)) {
      throw new LocatedException(
          path,
          String.format(
              Locale.ROOT,
              "'%s' is missing; %s",
              key,
              object.isEmpty()
                  ? "the object is empty"
                  : "its keys are " + object.keySet().stream().map(Fields::shortened).toList()));
    }
    return object.get(key);
  }

  double number(String key) {
    return number(element(key), path(key));
  }

  double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /** A finite number. */
  static double number(JsonElement element, String path) {
    if (!isNumber(element)) {
      throw new LocatedException(path, "must be a number, not " + shortened(element));
    }
    double value = element.getAsDouble();
    if (Double.isInfinite(value)) {
      throw new LocatedException(
          path, "is beyond what a double holds, 1.8e308: " + shortened(element));
    }
    return value;
  }

  long integer(String key) {
    return integer(element(key), path(key));
  }

  long integer(String key, long otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  private static long integer(JsonElement element, String path) {
    if (isNumber(element)) {
      try {
        return new BigDecimal(element.getAsString()).longValueExact();
      } catch (ArithmeticException e) {
        // has a fraction or is too large; the message below says so
      }
    }
    throw new LocatedException(path, "must be a whole number, not " + shortened(element));
  }

  boolean flag(String key) {
    if (!has(key)) {
      return false;
    }
    JsonElement element = object.get(key);
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean()) {
      throw new LocatedException(
          path(key),
          String.format(Locale.ROOT, "must be true or false, not %s", shortened(element)));
    }
    return element.getAsBoolean();
  }

  String text(String key) {
    JsonElement element = element(key);
    if (!isText(element)) {
      throw new LocatedException(path(key), "must be a string, not " + shortened(element));
    }
    return element.getAsString();
  }

  Fields object(String key) {
    return of(element(key), path(key), "an object");
  }

  List<JsonElement> list(String key) {
    JsonElement element = element(key);
    if (!element.isJsonArray()) {
      throw new LocatedException(path(key), "must be a list, not " + shortened(element));
    }
    return element.getAsJsonArray().asList();
  }

  List<Long> integers(String key) {
    List<JsonElement> list = list(key);
    return IntStream.range(0, list.size())
        .mapToObj(i -> integer(list.get(i), path(key) + "[" + i + "]"))
        .toList();
  }

  /** Numbers; infinities are written as strings. */
  List<Double> numbers(String key) {
    List<JsonElement> list = list(key);
    return IntStream.range(0, list.size())
        .mapToObj(i -> numberOrInfinity(list.get(i), path(key) + "[" + i + "]"))
        .toList();
  }

  private static double numberOrInfinity(JsonElement element, String path) {
    if (isText(element) && element.getAsString().equals("-inf")) {
      return Double.NEGATIVE_INFINITY;
    }
    if (isText(element) && element.getAsString().equals("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    return number(element, path);
  }

  /** Calls a maker; an exception that it throws gets the path of the object. */
  <T> T make(Supplier<T> maker) {
    return located(path, maker);
  }

  /** Calls a maker; an exception that it throws gets the path. */
  static <T> T located(String path, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (LocatedException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new LocatedException(path, e.getMessage());
    }
  }

  /** The keys that no call has read. */
  List<String> others() {
    return object.keySet().stream().filter(key -> !asked.contains(key)).toList();
  }

  /** Refuses keys that no call has read. */
  void refuseOthers() {
    others().stream()
        .findFirst()
        .ifPresent(
            key -> {
              throw new LocatedException(
                  path(key),
                  String.format(
                      Locale.ROOT,
                      "there is no such key (its value is %s); the keys are %s",
                      shortened(object.get(key)),
                      String.join(", ", asked)));
            });
  }

  static boolean isNumber(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
  }

  static boolean isText(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
  }

  static String shortened(JsonElement element) {
    return shortened(element.toString());
  }

  /** A text for a message, cut where it is long. */
  static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  /** A text in quotation marks for a message, cut where it is long. */
  static String quoted(String text) {
    return '"' + shortened(text) + '"';
  }
}
