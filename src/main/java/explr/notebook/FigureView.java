package explr.notebook;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import explr.figure.Figure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How a figure looks in a notebook: JSON that JupyterLab draws by itself, trusted or not, and HTML
 * that draws the same in a page exported from the notebook.
 */
final class FigureView {

  private static final double DEFAULT_HEIGHT = 450; // pixels, Plotly's own

  private static final Gson GSON =
      new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

  /** In the place of a figure where no output of the notebook carries plotly.js any more. */
  static final String WITHOUT_PLOTLY =
      "This figure needs plotly.js, which the notebook's first figure brings: restart the kernel"
          + " and run all cells.";

  // The id, the label, the height, the figure, what stands there without plotly.js.
  private static final String DRAW =
      """
      <div id="%s" role="img" aria-label="%s" style="min-height:%dpx"></div>
      <script>(() => {
        const place = document.getElementById("%1$s");
        const draw = async () => {
          const plotly = await window.explrPlotly(), figure = %4$s;
          place.textContent = "";
          plotly.newPlot(place, figure.data, figure.layout, {responsive: true, displaylogo: false});
        };
        if (window.explrPlotly) return void draw();
        place.textContent = "%5$s";
        window.addEventListener("explr-plotly", draw, {once: true});
      })()</script>""";

  private FigureView() {}

  static Bundle of(Figure figure) {
    String json = figure.toJson();
    Map<String, Object> formats = new LinkedHashMap<>();
    formats.put(Bundle.PLOTLY, GSON.fromJson(json, Map.class));
    formats.put(
        Bundle.HTML,
        DRAW.formatted(
            UUID.randomUUID(),
            Bundle.escape(described(figure)),
            height(figure),
            inScript(json),
            WITHOUT_PLOTLY));
    formats.put(Bundle.TEXT, label(figure));
    return new Bundle(formats);
  }

  /** What to see in it, and folded under that what is drawn, for who cannot see it. */
  static Bundle caption(Figure figure) {
    String described =
        figure.alternativeText().isEmpty()
            ? ""
            : "<details><summary>The figure in words</summary><p>%s</p></details>"
                .formatted(Bundle.escape(figure.alternativeText()));
    return Bundle.html("<p>" + figure.captionHtml() + "</p>" + described, figure.caption());
  }

  /** "Figure: " and the title, or the plain word where there is none. */
  static String label(Figure figure) {
    return figure.title().isEmpty() ? "Figure" : "Figure: " + figure.title();
  }

  /** What who cannot see it is told: what is drawn, or its label where it does not say that. */
  static String described(Figure figure) {
    return figure.alternativeText().isEmpty() ? label(figure) : figure.alternativeText();
  }

  /**
   * The height in pixels that the figure will take, so that the page does not jump when it is
   * drawn.
   */
  static int height(Figure figure) {
    return figure.layout().get("height") instanceof Number height
        ? height.intValue()
        : (int) DEFAULT_HEIGHT;
  }

  /**
   * JSON that cannot end the script it stands in: within JSON, {@code <} occurs in strings alone.
   */
  static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }
}
