package explr.figure;

import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Map;

/**
 * A Plotly figure: its traces and its layout, as plain maps and lists.
 *
 * @param data the traces, each with Plotly's names for its properties
 * @param layout axes, title, legend
 */
public record Figure(List<Map<String, Object>> data, Map<String, Object> layout) {

  /** The figure as Plotly's JSON; NaN and infinities become null, which Plotly draws as a gap. */
  public String toJson() {
    return new GsonBuilder()
        .registerTypeAdapter(
            Double.class,
            (com.google.gson.JsonSerializer<Double>)
                (value, type, context) ->
                    Double.isFinite(value)
                        ? new com.google.gson.JsonPrimitive(value)
                        : com.google.gson.JsonNull.INSTANCE)
        .serializeNulls()
        .create()
        .toJson(Map.of("data", data, "layout", layout));
  }
}
