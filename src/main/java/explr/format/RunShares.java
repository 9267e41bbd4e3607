package explr.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Iterations that a recipe gives as a share of the run: {@code "over": "30%"}.
 *
 * <p>A share is rounded to whole iterations, halves up, and with {@code per_epoch} to whole epochs.
 */
final class RunShares {

  /** The keys of iterations, or of epochs where {@code per_epoch} says so. */
  static final Set<String> KEYS =
      Set.of(
          "over",
          "rise",
          "fall",
          "every",
          "period",
          "after",
          "during",
          "skipping",
          "delayed_by",
          "repeated_every");

  private static final String PER_EPOCH = "per_epoch";

  /** Modifiers that act after per_epoch, so that their iterations are none of its epochs. */
  private static final Set<String> AFTER_PER_EPOCH = Set.of("warmed_up", "repeated_every");

  private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,9})?) ?%");
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  private RunShares() {}

  /**
   * The recipe with iterations in place of shares.
   *
   * @throws IllegalArgumentException naming the key of a share above 100 %, and of the first share
   *     where the recipe does not state its length
   */
  static JsonElement resolved(JsonElement recipe) {
    if (!recipe.isJsonObject()) {
      return recipe;
    }
    JsonObject object = recipe.getAsJsonObject();
    JsonObject resolved = new JsonObject();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      // The length itself is not a share of the run.
      boolean schedule = entry.getValue().isJsonObject();
      resolved.add(
          entry.getKey(),
          schedule
              ? resolved(entry.getKey(), entry.getKey(), entry.getValue(), object, BigDecimal.ONE)
              : entry.getValue());
    }
    return resolved;
  }

  private static JsonElement resolved(
      String path, String key, JsonElement element, JsonObject recipe, BigDecimal unit) {
    if (element.isJsonObject()) {
      return resolved(path, element.getAsJsonObject(), recipe, unit);
    }
    if (element.isJsonArray()) {
      JsonArray list = new JsonArray();
      for (JsonElement each : element.getAsJsonArray()) {
        list.add(resolved(path + "[" + list.size() + "]", key, each, recipe, unit));
      }
      return list;
    }
    return KEYS.contains(key) && Fields.isText(element)
        ? share(path, element, recipe, unit)
        : element;
  }

  private static JsonElement resolved(
      String path, JsonObject object, JsonObject recipe, BigDecimal unit) {
    JsonElement each = object.get(PER_EPOCH);
    BigDecimal inside =
        each != null && Fields.isNumber(each) && each.getAsDouble() >= 1
            ? unit.multiply(each.getAsBigDecimal())
            : unit;
    JsonObject resolved = new JsonObject();
    object
        .entrySet()
        .forEach(
            entry ->
                resolved.add(
                    entry.getKey(),
                    resolved(
                        path + "." + entry.getKey(),
                        entry.getKey(),
                        entry.getValue(),
                        recipe,
                        AFTER_PER_EPOCH.contains(entry.getKey()) ? unit : inside)));
    return resolved;
  }

  private static JsonElement share(
      String path, JsonElement element, JsonObject recipe, BigDecimal unit) {
    Matcher share = SHARE.matcher(element.getAsString());
    if (!share.matches()) {
      return element;
    }
    BigDecimal percent = new BigDecimal(share.group(1));
    if (percent.compareTo(WHOLE) > 0) {
      throw new LocatedException(
          path,
          String.format(
              Locale.ROOT, "%s: a share of the run is at most 100%%", Fields.shortened(element)));
    }
    return new JsonPrimitive(
        length(path, recipe)
            .multiply(percent)
            .divide(WHOLE.multiply(unit), 0, RoundingMode.HALF_UP)
            .toBigIntegerExact());
  }

  private static BigDecimal length(String path, JsonObject recipe) {
    if (isNumber(recipe, "iterations")) {
      return recipe.get("iterations").getAsBigDecimal();
    }
    if (isNumber(recipe, "epochs") && isNumber(recipe, "iterations_per_epoch")) {
      return recipe
          .get("epochs")
          .getAsBigDecimal()
          .multiply(recipe.get("iterations_per_epoch").getAsBigDecimal());
    }
    throw new LocatedException(
        path,
        "a share of the run needs its length: add the key 'iterations', or 'epochs' and"
            + " 'iterations_per_epoch'");
  }

  private static boolean isNumber(JsonObject object, String key) {
    return object.has(key) && Fields.isNumber(object.get(key));
  }
}
