package explr.figure;

import explr.figure.Style.Dash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The legend above a panel, in rows as wide as the panel.
 *
 * <p>Plotly wraps a legend only where it is wider than the whole figure, so in a figure of several
 * columns it would run into the next. Here each row is a separate legend.
 */
final class Legend {

  /** Height of a row, in pixels. */
  static final double ROW_HEIGHT = 19;

  /**
   * Inside the margins, in pixels, on a page as narrow as a notebook next to JupyterLab's file
   * list.
   */
  private static final double FIGURE_WIDTH = 755;

  /** How far a row may extend beyond its panel into the margin, in pixels. */
  private static final double SLACK = 28;

  /** Width of an entry without its name, in pixels: the stroke and the space around it. */
  private static final double STROKE = 52;

  /** Mean width of Arial's lower-case letters at the legend's font size, in pixels. */
  private static final double LETTER = 5.7;

  private static final Map<String, Object> FONT = Map.of("size", Style.FONT_SIZE - 1);

  private Legend() {}

  /** What Plotly calls a legend. */
  static String name(int number) {
    return number == 1 ? "legend" : "legend" + number;
  }

  /**
   * Curves in rows that fit a panel, at least one in each. Those that are not listed take no room.
   *
   * @param width of the panel, as a part of the figure's
   */
  static List<List<Line>> rows(List<Line> curves, double width) {
    List<List<Line>> rows = new ArrayList<>(List.of(new ArrayList<>()));
    double free = width * FIGURE_WIDTH + SLACK;
    for (Line curve : curves) {
      double entry = curve.listed() ? STROKE + LETTER * curve.name().length() : 0;
      if (entry > free && !rows.get(rows.size() - 1).isEmpty()) {
        rows.add(new ArrayList<>());
        free = width * FIGURE_WIDTH + SLACK;
      }
      rows.get(rows.size() - 1).add(curve);
      free -= entry;
    }
    return rows;
  }

  /**
   * A row as a legend of Plotly.
   *
   * @param title over the row; empty for none
   * @param left end of the row
   * @param bottom of the row
   */
  static Map<String, Object> row(String title, double left, double bottom) {
    Map<String, Object> legend = new LinkedHashMap<>();
    if (!title.isEmpty()) {
      Map<String, Object> text =
          new LinkedHashMap<>(Style.text("<b>" + title + "</b>", Style.FONT_SIZE, Style.INK));
      text.put("side", "top");
      legend.put("title", text);
    }
    legend.put("font", FONT);
    legend.put("tracegroupgap", 0);
    legend.put("orientation", "h");
    legend.putAll(Map.of("x", left, "xanchor", "left", "y", bottom, "yanchor", "bottom"));
    legend.put("bgcolor", "rgba(0,0,0,0)");
    return legend;
  }

  /** The same row as an annotation: the name of each listed curve after a stroke of its colour. */
  static Map<String, Object> text(List<Line> row, String title, double left, double bottom) {
    String entries =
        row.stream().filter(Line::listed).map(Legend::entry).collect(Collectors.joining("   "));
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("text", (title.isEmpty() ? "" : "<b>" + title + "</b><br>") + entries);
    note.putAll(Map.of("x", left, "y", bottom, "xref", "paper", "yref", "paper"));
    note.putAll(Map.of("xanchor", "left", "yanchor", "bottom"));
    note.putAll(Map.of("showarrow", false, "align", "left", "font", FONT));
    return note;
  }

  private static String entry(Line line) {
    Dash stroke = line.asPoints() ? Dash.POINTS : line.dash();
    return "<span style=\"color:%s\"><b>%s</b></span> %s"
        .formatted(line.color().line(), stroke.text(), line.name());
  }
}
