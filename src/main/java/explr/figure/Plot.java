package explr.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Panels beside and above each other under one title, laid out in the one {@link Style}.
 *
 * <p>A legend stands over its panel and so covers no data.
 *
 * @param title what the figure shows
 * @param subtitle under what settings
 * @param columns from the left; each holds its panels from the top
 * @param caption what to see in it
 * @param alternativeText what is drawn, for who cannot see it
 */
public record Plot(
    String title,
    String subtitle,
    List<List<Panel>> columns,
    String caption,
    String alternativeText) {

  private static final int HEIGHT = 580;
  private static final int TOP = 152;
  private static final int BOTTOM = 60;

  /** Room between panels of a column, for the legend of the lower and the ticks of the upper. */
  private static final int BETWEEN = 76;

  private static final double COLUMN_GAP = 0.12;

  /** More than there are panels: the numbers of further rows of legends begin above it. */
  private static final int LEGENDS = 20;

  /** Copies the columns. */
  public Plot {
    columns = columns.stream().map(List::copyOf).toList();
    if (columns.isEmpty() || columns.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a plot needs a panel in each of its columns");
    }
  }

  /** Panels in one row. */
  public static Plot sideBySide(String title, String subtitle, List<Panel> panels) {
    return new Plot(title, subtitle, panels.stream().map(List::of).toList(), "", "");
  }

  /** The same plot with words about it: what to see, and what is drawn. */
  public Plot described(String newCaption, String newAlternativeText) {
    return new Plot(title, subtitle, columns, newCaption, newAlternativeText);
  }

  /** The plot as Plotly draws it. */
  public Figure figure() {
    List<Map<String, Object>> data = new ArrayList<>();
    Map<String, Object> layout = Style.frame(title, subtitle, HEIGHT, caption, alternativeText);
    layout.put("margin", Map.of("t", TOP, "b", BOTTOM, "l", 70, "r", 24));
    layout.put("hovermode", "x unified");
    List<Map<String, Object>> shapes = new ArrayList<>();
    List<Map<String, Object>> annotations = new ArrayList<>();
    double width = (1 - COLUMN_GAP * (columns.size() - 1)) / columns.size();
    int number = 0;
    for (int c = 0; c < columns.size(); c++) {
      List<Panel> column = columns.get(c);
      double left = c * (width + COLUMN_GAP);
      List<double[]> heights = heights(column);
      for (int p = 0; p < column.size(); p++) {
        number++;
        Panel panel = column.get(p);
        boolean shared =
            p + 1 < column.size() && column.get(p + 1).horizontal().equals(panel.horizontal());
        Cell cell =
            new Cell(number, left, left + width, heights.get(p)[0], heights.get(p)[1], shared);
        place(panel, columns.get(0).get(0), cell, layout);
        List<List<Line>> rows = Legend.rows(panel.curves(), cell.right - cell.left);
        for (int row = 0; row < rows.size(); row++) {
          int legend = number + row * LEGENDS;
          layout.put(
              legend == 1 ? "legend" : "legend" + legend,
              Legend.row(panel, cell.left, above(cell, rows.size() - 1 - row), row == 0));
          for (Line curve : rows.get(row)) {
            data.addAll(curve.toPlotly(panel.vertical(), cell.suffix(), legend));
          }
        }
        panel.marks().forEach(mark -> mark(mark, cell, shapes, annotations));
      }
    }
    layout.put("shapes", shapes);
    layout.put("annotations", annotations);
    return new Figure(data, layout);
  }

  /** Where a panel lies, as fractions of the area inside the margins. */
  private record Cell(
      int number, double left, double right, double bottom, double top, boolean sharesAxisBelow) {
    String suffix() {
      return number == 1 ? "" : Integer.toString(number);
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

  private static void place(Panel panel, Panel first, Cell cell, Map<String, Object> layout) {
    Map<String, Object> x = panel.horizontal().toPlotly(panel.width());
    x.put("domain", List.of(cell.left, cell.right));
    x.put("anchor", "y" + cell.suffix());
    if (cell.sharesAxisBelow) {
      // The panel below shows the same axis, and says what it is.
      x.remove("title");
    }
    if (cell.number > 1 && panel.horizontal().equals(first.horizontal())) {
      x.put("matches", "x");
    }
    Map<String, Object> y = panel.vertical().toPlotly(panel.height());
    y.put("domain", List.of(cell.bottom, cell.top));
    y.put("anchor", "x" + cell.suffix());
    layout.put("xaxis" + cell.suffix(), x);
    layout.put("yaxis" + cell.suffix(), y);
  }

  /** The place of a legend with so many rows between it and its panel. */
  private static double above(Cell cell, int rows) {
    return cell.top + rows * Legend.ROW_HEIGHT / (HEIGHT - TOP - BOTTOM);
  }

  private static void mark(
      Panel.Mark mark,
      Cell cell,
      List<Map<String, Object>> shapes,
      List<Map<String, Object>> annotations) {
    String x = "x" + cell.suffix();
    String y = "y" + cell.suffix() + " domain";
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.putAll(Map.of("type", "line", "xref", x, "yref", y, "layer", "above"));
    shape.putAll(Map.of("x0", mark.x(), "x1", mark.x(), "y0", 0, "y1", 1));
    shape.put("line", Map.of("color", Style.FAINT_INK, "width", 1, "dash", "dot"));
    shapes.add(shape);
    Map<String, Object> note = new LinkedHashMap<>();
    note.putAll(Map.of("text", mark.text(), "xref", x, "yref", y, "x", mark.x(), "y", 1));
    note.putAll(Map.of("showarrow", false, "xanchor", "left", "yanchor", "top"));
    note.put("font", Map.of("size", Style.FONT_SIZE - 2, "color", Style.FAINT_INK));
    annotations.add(note);
  }
}
