package explr.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builds the figure of a {@link Plot}.
 *
 * <p>A legend stands over its panel and so covers no data. Panels are numbered from 1, column by
 * column from the top.
 */
final class PlotLayout {

  private static final int HEIGHT = 580;
  private static final int TOP = 152;
  private static final int BOTTOM = 60;

  /** Room between panels of a column, for the legend of the lower and the ticks of the upper. */
  private static final int BETWEEN = 76;

  private static final double COLUMN_GAP = 0.12;

  private static final int NOTE_HEIGHT = 17;

  private static final Map<String, Object> SMALL =
      Map.of("size", Style.FONT_SIZE - 2, "color", Style.FAINT_INK);

  /** More than there are panels: the numbers of further rows of legends begin above it. */
  private static final int LEGENDS = 20;

  private final Plot plot;
  private final List<Map<String, Object>> data = new ArrayList<>();
  private final Map<String, Object> layout;
  private final List<Map<String, Object>> shapes = new ArrayList<>();
  private final List<Map<String, Object>> marks = new ArrayList<>();
  private final List<Map<String, Object>> legends = new ArrayList<>();

  PlotLayout(Plot plot) {
    this.plot = plot;
    this.layout =
        Style.frame(
            plot.title(),
            plot.subtitle(),
            HEIGHT + notesHeight(),
            plot.caption(),
            plot.alternativeText());
  }

  Figure figure() {
    layout.put("margin", Map.of("t", TOP, "b", BOTTOM + notesHeight(), "l", 70, "r", 24));
    layout.put("hovermode", inThePlane() ? "closest" : "x unified");
    List<List<Panel>> columns = plot.columns();
    double width = (1 - COLUMN_GAP * (columns.size() - 1)) / columns.size();
    int number = 1;
    for (int c = 0; c < columns.size(); c++) {
      double left = c * (width + COLUMN_GAP);
      addColumn(columns.get(c), number, left, left + width);
      number += columns.get(c).size();
    }
    layout.put("shapes", shapes);
    List<Map<String, Object>> annotations = new ArrayList<>(marks);
    if (plot.redrawn()) {
      annotations.addAll(legends);
      layout.put("showlegend", false);
      layout.put("dragmode", false);
    }
    if (!plot.notes().isEmpty()) {
      annotations.add(notes());
    }
    layout.put("annotations", annotations);
    return new Figure(data, layout);
  }

  /** Height of the notes and of the room around them, in pixels. */
  private int notesHeight() {
    return plot.notes().isEmpty() ? 0 : NOTE_HEIGHT * (plot.notes().size() + 1);
  }

  private Map<String, Object> notes() {
    Map<String, Object> notes = new LinkedHashMap<>();
    notes.put("text", plot.notes().stream().map(Html::escape).collect(Collectors.joining("<br>")));
    notes.putAll(Map.of("xref", "paper", "x", 0, "xanchor", "left", "align", "left"));
    notes.putAll(Map.of("yref", "paper", "y", 0, "yanchor", "top", "yshift", -BOTTOM));
    notes.putAll(Map.of("showarrow", false, "font", SMALL));
    return notes;
  }

  /** Whether a curve may have several points at one x, so that the pointer must choose by both. */
  private boolean inThePlane() {
    return plot.columns().stream().flatMap(List::stream).anyMatch(Panel::equalUnits);
  }

  private void addColumn(List<Panel> column, int first, double left, double right) {
    List<double[]> heights = heights(column);
    for (int p = 0; p < column.size(); p++) {
      int number = first + p;
      Panel panel = column.get(p);
      double[] height = heights.get(p);
      int across = plot.redrawn() ? first : number;
      Cell cell = new Cell(number, across, left, right, height[0], height[1]);
      boolean sharesAxis =
          p + 1 < column.size() && column.get(p + 1).horizontal().equals(panel.horizontal());
      addAxes(panel, cell, sharesAxis);
      addCurves(panel, cell);
      panel.marks().forEach(mark -> addMark(mark, cell));
    }
  }

  /** Bottom and top of each panel of a column, from the uppermost. */
  private static List<double[]> heights(List<Panel> column) {
    double inside = HEIGHT - TOP - BOTTOM;
    double gap = BETWEEN / inside;
    double shares = column.stream().mapToDouble(Panel::share).sum();
    double free = 1 - gap * (column.size() - 1);
    List<double[]> heights = new ArrayList<>();
    double top = 1;
    for (Panel panel : column) {
      double bottom = Math.max(0, top - free * panel.share() / shares);
      heights.add(new double[] {bottom, top});
      top = bottom - gap;
    }
    return heights;
  }

  /**
   * Adds a panel's axes.
   *
   * @param sharesAxis whether the panel below shows the same horizontal axis, and its title
   */
  private void addAxes(Panel panel, Cell cell, boolean sharesAxis) {
    Map<String, Object> x = panel.horizontal().toPlotly(panel.width());
    x.put("domain", List.of(cell.left(), cell.right()));
    x.put("anchor", cell.y());
    if (sharesAxis) {
      x.remove("title");
    }
    Panel first = plot.columns().get(0).get(0);
    if (!plot.redrawn() && cell.number() > 1 && panel.horizontal().equals(first.horizontal())) {
      x.put("matches", "x");
    }
    Map<String, Object> y = panel.vertical().toPlotly(panel.height());
    y.put("domain", List.of(cell.bottom(), cell.top()));
    y.put("anchor", cell.x());
    if (panel.equalUnits()) {
      y.put("scaleanchor", cell.x());
    }
    if (plot.redrawn()) {
      settle(panel.horizontal(), x);
      settle(panel.vertical(), y);
    }
    // Of panels that share an axis the lowest comes last, and the axis stands at its foot.
    layout.put(cell.x().replace("x", "xaxis"), x);
    layout.put(cell.y().replace("y", "yaxis"), y);
  }

  /** Settles what Plotly would measure again at every redraw. */
  private static void settle(Axis axis, Map<String, Object> plotly) {
    if (axis.title().isEmpty()) {
      plotly.remove("title"); // Plotly measures the distance even of an empty one.
    }
    plotly.put("automargin", false);
    plotly.put("fixedrange", true);
    plotly.put("tickangle", 0);
    plotly.put("ticklabeloverflow", "allow");
    if (axis.scale() == Axis.Scale.LOG) {
      plotly.put("dtick", 1);
    } else {
      plotly.put("nticks", 5);
    }
  }

  private void addCurves(Panel panel, Cell cell) {
    List<List<Line>> rows = Legend.rows(panel.curves(), cell.right() - cell.left());
    for (int row = 0; row < rows.size(); row++) {
      int legend = cell.number() + row * LEGENDS;
      int below = rows.size() - 1 - row;
      double bottom = cell.top() + below * Legend.ROW_HEIGHT / (HEIGHT - TOP - BOTTOM);
      String title = row == 0 ? panel.title() : "";
      if (plot.redrawn()) {
        legends.add(Legend.text(rows.get(row), title, cell.left(), bottom));
      } else {
        layout.put(Legend.name(legend), Legend.row(title, cell.left(), bottom));
      }
      for (Line curve : rows.get(row)) {
        data.addAll(curve.toPlotly(panel.vertical(), cell, legend));
      }
    }
  }

  private void addMark(Panel.Mark mark, Cell cell) {
    String y = cell.y() + " domain";
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.putAll(Map.of("type", "line", "xref", cell.x(), "yref", y, "layer", "above"));
    shape.putAll(Map.of("x0", mark.x(), "x1", mark.x(), "y0", 0, "y1", 1));
    shape.put("line", Map.of("color", Style.FAINT_INK, "width", 1, "dash", "dot"));
    shapes.add(shape);
    Map<String, Object> note = new LinkedHashMap<>();
    note.putAll(Map.of("text", mark.text(), "xref", cell.x(), "yref", y, "x", mark.x(), "y", 1));
    String side = mark.textBefore() ? "right" : "left";
    note.putAll(Map.of("showarrow", false, "xanchor", side, "yanchor", "top", "font", SMALL));
    marks.add(note);
  }
}
