package explr.measurement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nested maps and lists in the form that JSON gives back: whole numbers long, others double. */
final class Configuration {

  private Configuration() {}

  /** A deep, unmodifiable copy that keeps the order of keys. */
  static Map<String, Object> copyOf(Map<String, ?> map) {
    return copyOf("", map);
  }

  private static Map<String, Object> copyOf(String path, Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) ->
            copy.put(String.valueOf(key), canonical(join(path, key.toString()), value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object canonical(String path, Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return number;
    }
    if (value instanceof Map<?, ?> map) {
      return copyOf(path, map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(canonical(path + "[" + copy.size() + "]", element)));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "configuration '"
            + path
            + "' is "
            + value
            + (value == null ? "" : " (" + value.getClass().getSimpleName() + ")")
            + "; it may hold text, true or false, int, long, finite double, lists and maps");
  }

  /** Every leaf by its path, such as {@code recipe.momentum}. */
  static Map<String, Object> leaves(Map<String, Object> map) {
    Map<String, Object> leaves = new LinkedHashMap<>();
    map.forEach((key, value) -> collect(key, value, leaves));
    return leaves;
  }

  private static void collect(String path, Object value, Map<String, Object> leaves) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, inner) -> collect(join(path, key.toString()), inner, leaves));
    } else {
      leaves.put(path, value);
    }
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
