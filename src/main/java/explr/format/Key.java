package explr.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A key of a JSON object: how its value is read, written and documented.
 *
 * @param name as in the file
 * @param kind type and unit of its value
 * @param meaning a phrase for the reference
 * @param otherwise the value where the key is omitted; empty for a key that must be there, or whose
 *     default the entry computes
 * @param fallback the default as the reference shows it; empty for a key that must be there
 */
record Key<T>(String name, Kind<T> kind, String meaning, Optional<T> otherwise, String fallback) {

  /**
   * Type and unit of a value.
   *
   * @param text as the reference names it
   */
  record Kind<T>(
      String text, BiFunction<Fields, String, T> reader, Function<T, JsonElement> writer) {}

  /** A rate, a decay or a momentum: whatever the schedule is for. */
  private static final Kind<Double> VALUE = new Kind<>("value", Fields::number, JsonText::number);

  /** A number without a unit. */
  private static final Kind<Double> FACTOR = new Kind<>("factor", Fields::number, JsonText::number);

  private static final Kind<Long> ITERATIONS =
      new Kind<>("iterations", Fields::integer, JsonPrimitive::new);

  private static final Kind<Double> FRACTION_OF_ITERATIONS =
      new Kind<>("iterations", Fields::number, JsonText::number);

  private static final Kind<Long> COUNT =
      new Kind<>("whole number", Fields::integer, JsonPrimitive::new);

  private static final Kind<List<Long>> ITERATION_LIST =
      new Kind<>("list of iterations", Fields::integers, Key::array);

  private static final Kind<List<Double>> NUMBER_LIST =
      new Kind<>("list of numbers", Fields::numbers, Key::numberArray);

  private static final Kind<String> TEXT = new Kind<>("text", Fields::text, JsonPrimitive::new);

  private static final Kind<Boolean> FLAG =
      new Kind<>("true or false", Fields::flag, JsonPrimitive::new);

  static Key<Double> value(String name, String meaning) {
    return required(name, VALUE, meaning);
  }

  static Key<Double> factor(String name, String meaning) {
    return required(name, FACTOR, meaning);
  }

  static Key<Long> iterations(String name, String meaning) {
    return required(name, ITERATIONS, meaning);
  }

  /** A number of iterations that need not be whole. */
  static Key<Double> fractionOfIterations(String name, String meaning) {
    return required(name, FRACTION_OF_ITERATIONS, meaning);
  }

  static Key<Long> count(String name, String meaning) {
    return required(name, COUNT, meaning);
  }

  static Key<List<Long>> iterationList(String name, String meaning) {
    return required(name, ITERATION_LIST, meaning);
  }

  static Key<List<Double>> numberList(String name, String meaning) {
    return required(name, NUMBER_LIST, meaning);
  }

  static Key<String> text(String name, String meaning) {
    return required(name, TEXT, meaning);
  }

  static Key<Boolean> flag(String name, String meaning) {
    return required(name, FLAG, meaning).otherwise(false);
  }

  static <T> Key<T> required(String name, Kind<T> kind, String meaning) {
    return new Key<>(name, kind, meaning, Optional.empty(), "");
  }

  /** The same key, which may be omitted. */
  Key<T> otherwise(T value) {
    return new Key<>(
        name, kind, meaning, Optional.of(value), kind.writer().apply(value).toString());
  }

  /** The same key, which may be omitted under a condition, or for a value that is computed. */
  Key<T> fallingBackTo(String text) {
    return new Key<>(name, kind, meaning, Optional.empty(), text);
  }

  /** The same key by its path, where the reference shows it among the keys of an outer object. */
  Key<T> documentedAs(String path) {
    return new Key<>(path, kind, meaning, otherwise, fallback);
  }

  /** Whether it is given. */
  boolean isIn(Fields fields) {
    return fields.has(name);
  }

  /** Its value, or the default. */
  T in(Fields fields) {
    return otherwise.isPresent() && !isIn(fields)
        ? otherwise.get()
        : kind.reader().apply(fields, name);
  }

  /** Its value, or a default that depends on other keys. */
  T in(Fields fields, T computed) {
    return isIn(fields) ? kind.reader().apply(fields, name) : computed;
  }

  /** Adds it to an object. */
  void put(JsonObject json, T value) {
    json.add(name, kind.writer().apply(value));
  }

  private static JsonArray array(List<Long> values) {
    JsonArray array = new JsonArray(values.size());
    values.forEach(array::add);
    return array;
  }

  private static JsonArray numberArray(List<Double> values) {
    JsonArray array = new JsonArray(values.size());
    values.forEach(value -> array.add(JsonText.number(value)));
    return array;
  }
}
