package explr.notebook;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import explr.figure.Explorable;
import explr.figure.Figure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * How a figure with sliders looks in a notebook: first a still figure, which JupyterLab draws by
 * itself, trusted or not; then HTML with the sliders, whose script puts itself in the place of the
 * still one. It works the same in a page exported from the notebook.
 */
final class ExplorableView {

  /** Digits of a figure computed beforehand: more than can be seen, and half the size of all. */
  private static final MathContext SEEN = new MathContext(5);

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  // The id, the label, the script, the model.
  private static final String HTML =
      """
      <div id="%s" role="group" aria-label="%s">
      <p>Run this cell, or trust the notebook, to move this figure's sliders.</p></div>
      <script>(() => {
        const explore = %s;
        explore(document.getElementById("%1$s"), %4$s);
      })()</script>""";

  private ExplorableView() {}

  /** The figure that stands where no script runs. */
  static Bundle still(Explorable explorable) {
    Map<String, Object> formats = new LinkedHashMap<>(FigureView.of(explorable.start()).formats());
    formats.put(Bundle.HTML, "");
    return new Bundle(formats);
  }

  /** The sliders, with a line to Java in the notebook of {@code bridge}. */
  static Bundle of(Explorable explorable, Bridge bridge) {
    String id = UUID.randomUUID().toString();
    Figure start = explorable.start();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", id);
    model.put("session", bridge.session());
    model.put("missing", FigureView.WITHOUT_PLOTLY);
    model.put("style", Script.text("sliders.css"));
    model.put("sliders", explorable.controls());
    model.put("figure", start);
    if (explorable.drawing() instanceof Explorable.Scripted scripted) {
      model.put("script", scripted.script());
    } else {
      model.put("grid", packed(explorable.grid(), start));
      bridge.add(id, explorable);
    }
    String label = FigureView.label(start) + ", with sliders";
    return Bundle.html(
        HTML.formatted(
            id,
            Bundle.escape(label),
            Script.text("sliders.js").replaceAll("(?m)^//.*\\n", "").strip(),
            FigureView.inScript(GSON.toJson(model))),
        label);
  }

  /** A line for each point, as what changes in the start; gzip and base64. */
  private static Map<String, Object> packed(Explorable.Grid grid, Figure start) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      List<String> lines =
          grid.points().stream().map(point -> GSON.toJson(changes(start, point))).toList();
      gzip.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "stops", grid.stops(), "points", Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  private static Map<String, Object> changes(Figure start, Explorable.Point point) {
    return point instanceof Explorable.Shown shown
        ? changes(start, shown.figure())
        : Map.of("error", ((Explorable.Refused) point).message());
  }

  /** The members of traces and layout that differ: most of a figure is the same everywhere. */
  private static Map<String, Object> changes(Figure start, Figure figure) {
    boolean alike = start.data().size() == figure.data().size();
    List<Map<String, Object>> data = new ArrayList<>();
    for (int i = 0; i < figure.data().size(); i++) {
      data.add(changes(alike ? start.data().get(i) : Map.of(), figure.data().get(i)));
    }
    return Map.of("alike", alike, "data", data, "layout", changes(start.layout(), figure.layout()));
  }

  private static Map<String, Object> changes(Map<String, Object> from, Map<String, Object> to) {
    Map<String, Object> changed = new LinkedHashMap<>();
    // A member that is gone is written as null, which Plotly takes for one that is not there.
    from.keySet().stream().filter(key -> !to.containsKey(key)).forEach(k -> changed.put(k, null));
    to.forEach(
        (key, value) -> {
          if (!Objects.equals(value, from.get(key))) {
            changed.put(key, rounded(value));
          }
        });
    return changed;
  }

  private static Object rounded(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, member) -> copy.put(String.valueOf(key), rounded(member)));
      return copy;
    } else if (value instanceof List<?> list) {
      return list.stream().map(ExplorableView::rounded).toList();
    } else if (value instanceof Double number && Double.isFinite(number)) {
      return new BigDecimal(number).round(SEEN).doubleValue();
    }
    return value;
  }
}
