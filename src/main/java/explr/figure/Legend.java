package explr.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The legend over a panel, in rows as wide as the panel.
 *
 * <p>Plotly breaks a legend into rows only where it is wider than the whole figure, so that in a
 * figure of several columns it would run into the next. Each row is a legend of its own here.
 */
final class Legend {

  /** In pixels. */
  static final double ROW_HEIGHT = 19;

  /** Inside the margins, on a page as narrow as a notebook beside JupyterLab's list of files. */
  private static final double FIGURE_WIDTH = 755;

  /** By how much a row may be wider than its panel: it then ends in the margin, in pixels. */
  private static final double SLACK = 28;

  /** Of an entry without its name, in pixels: the stroke, and room on both sides of it. */
  private static final double STROKE = 52;

  /** The mean of Arial's small letters at the legend's font size, in pixels. */
  private static final double LETTER = 5.7;

  private Legend() {}

  /**
   * Curves in rows that fit a panel, at least one in each.
   *
   * @param width of the panel, as a part of the figure's
   */
  static List<List<Line>> rows(List<Line> curves, double width) {
    List<List<Line>> rows = new ArrayList<>(List.of(new ArrayList<>()));
    double free = width * FIGURE_WIDTH + SLACK;
    for (Line curve : curves) {
      double entry = STROKE + LETTER * curve.name().length();
      if (entry > free && !rows.get(rows.size() - 1).isEmpty()) {
        rows.add(new ArrayList<>());
        free = width * FIGURE_WIDTH + SLACK;
      }
      rows.get(rows.size() - 1).add(curve);
      free -= entry;
    }
    return rows;
  }

  /** A row of a panel's legend, the first under the panel's title. */
  static Map<String, Object> row(Panel panel, double left, double bottom, boolean first) {
    Map<String, Object> legend = new LinkedHashMap<>();
    if (first) {
      Map<String, Object> title =
          new LinkedHashMap<>(
              Style.text("<b>" + panel.title() + "</b>", Style.FONT_SIZE, Style.INK));
      title.put("side", "top");
      legend.put("title", title);
    }
    legend.put("font", Map.of("size", Style.FONT_SIZE - 1));
    legend.put("tracegroupgap", 0);
    legend.put("orientation", "h");
    legend.putAll(Map.of("x", left, "xanchor", "left", "y", bottom, "yanchor", "bottom"));
    legend.put("bgcolor", "rgba(0,0,0,0)");
    return legend;
  }
}
