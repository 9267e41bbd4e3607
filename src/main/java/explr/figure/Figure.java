package explr.figure;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A figure in the form that plotly.js 3 draws: a list of traces and a layout.
 *
 * <p>Immutable. Equal data give the same JSON. The layout's {@code meta} carries the caption and
 * the alternative text.
 *
 * @param data Plotly's traces
 * @param layout Plotly's layout
 */
public record Figure(List<Map<String, Object>> data, Map<String, Object> layout) {

  // Nulls in data are gaps in a curve.
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  /** Copies deeply; NaN and infinities, which JSON lacks, become null, which is a gap. */
  public Figure {
    data = data.stream().map(Figure::copyOf).toList();
    layout = copyOf(layout);
  }

  /** {@code {"data": […], "layout": {…}}}. */
  public String toJson() {
    Map<String, Object> figure = new LinkedHashMap<>();
    figure.put("data", data);
    figure.put("layout", layout);
    return GSON.toJson(figure);
  }

  /** What to see in the figure; empty if it has no caption. */
  public String caption() {
    return meta("caption");
  }

  /** The caption as HTML, with raised exponents. */
  public String captionHtml() {
    return Html.withPowers(caption());
  }

  /** What is drawn, for those who cannot see it; empty if the figure has none. */
  public String alternativeText() {
    return meta("alt");
  }

  /**
   * The same figure with a table of numbers below it.
   *
   * @param rows each a label and the text of a number, such as {@code ["λη", "5·10^-5"]}, or of
   *     several
   */
  public Figure reading(List<List<String>> rows) {
    Map<String, Object> meta = new LinkedHashMap<>();
    if (layout.get("meta") instanceof Map<?, ?> old) {
      old.forEach((key, value) -> meta.put(String.valueOf(key), value));
    }
    meta.put("readout", rows);
    Map<String, Object> more = new LinkedHashMap<>(layout);
    more.put("meta", meta);
    return new Figure(data, more);
  }

  /** The title without markup; empty if there is none. */
  public String title() {
    Object title = layout.get("title");
    Object text = title instanceof Map<?, ?> properties ? properties.get("text") : title;
    return text instanceof String words ? words.replaceAll("<[^>]*>", "") : "";
  }

  private String meta(String key) {
    return layout.get("meta") instanceof Map<?, ?> meta && meta.get(key) instanceof String text
        ? text
        : "";
  }

  private static Map<String, Object> copyOf(Map<?, ?> map) {
    // Sorted, because the order of a Map.of changes from one Java process to the next.
    Map<String, Object> copy = new TreeMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), copyOf(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object copyOf(Object value) {
    if (value instanceof Map<?, ?> map) {
      return copyOf(map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(copyOf(element)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Number) {
      return value;
    }
    throw new IllegalArgumentException(
        "a figure holds text, numbers, booleans, lists and maps, not "
            + value
            + " ("
            + value.getClass().getSimpleName()
            + ")");
  }
}
