package explr.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import explr.conversion.Conversion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A converted recipe as a JSON object of columns. */
final class ConvertedJson {

  private ConvertedJson() {}

  static String write(ConvertedRecipe converted, long every) {
    Conversion conversion = converted.conversion();
    JsonObject json = new JsonObject();
    json.addProperty("conversion", conversion.toString());
    json.addProperty("source", conversion.source());
    JsonArray assumes = new JsonArray();
    assumes.add("the loss does not change when all trained weights are multiplied by c > 0");
    assumes.add(conversion.assumption());
    json.add("assumes", assumes);
    json.addProperty("exactness", conversion.exactness());
    json.add("recipe", converted.source().json());
    json.addProperty("iterations", converted.twin().iterations());
    OptionalLong leaves = converted.twin().leavesFloat32();
    if (leaves.isPresent()) {
      json.addProperty("leaves_float32_at_iteration", leaves.getAsLong());
    } else {
      json.add("leaves_float32_at_iteration", JsonNull.INSTANCE);
    }
    columns(converted, every, json);
    return JsonText.write(json);
  }

  private static void columns(ConvertedRecipe converted, long every, JsonObject json) {
    JsonArray iterations = new JsonArray();
    List<JsonArray> columns = new ArrayList<>();
    for (long t : converted.iterations(every)) {
      iterations.add(t);
      List<Double> values = Row.of(converted.twin(), t).values();
      for (int i = 0; i < values.size(); i++) {
        if (columns.size() == i) {
          columns.add(new JsonArray());
        }
        columns.get(i).add(JsonText.number(values.get(i)));
      }
    }
    json.add(Row.NAMES.get(0), iterations);
    for (int i = 0; i < columns.size(); i++) {
      json.add(Row.NAMES.get(i + 1), columns.get(i));
    }
  }
}
