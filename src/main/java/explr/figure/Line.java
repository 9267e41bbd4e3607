package explr.figure;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line, with a band around it if it is the mean of several runs.
 *
 * @param name for the legend
 * @param points in ascending order of x
 * @param runs number of runs of which it is the mean; for more than one, a band spans them
 * @param color of line and band
 * @param dash of the line
 * @param listed whether the legend names it
 */
public record Line(
    String name, List<Point> points, int runs, Color color, Dash dash, boolean listed) {

  /**
   * A point of a curve.
   *
   * @param x horizontal coordinate
   * @param mean of the runs
   * @param low smallest value of the runs
   * @param high largest value of the runs
   */
  public record Point(double x, double mean, double low, double high) {}

  /** Copies the points. */
  public Line {
    points = List.copyOf(points);
  }

  /** A solid curve through points; a y that is not a number leaves a gap. */
  public static Line of(String name, double[] x, double[] y, Color color) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "curve '" + name + "' has " + x.length + " x and " + y.length + " y");
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      points.add(new Point(x[i], y[i], y[i], y[i]));
    }
    return of(name, points, 1, color);
  }

  /** A solid curve through points; of more than one run, with a band from low to high. */
  public static Line of(String name, List<Point> points, int runs, Color color) {
    return new Line(name, points, runs, color, Dash.SOLID, true);
  }

  /** The same curve in another stroke. */
  public Line dashed(Dash other) {
    return new Line(name, points, runs, color, other, listed);
  }

  /** The same curve without an entry in the legend. */
  public Line unlisted() {
    return new Line(name, points, runs, color, dash, false);
  }

  private List<Point> measured() {
    return points.stream().filter(point -> Double.isFinite(point.mean)).toList();
  }

  /** Whether it is drawn as points: always, or because a single point makes no line. */
  boolean asPoints() {
    return dash == Dash.POINTS || measured().size() == 1;
  }

  /** Plotly's traces: the band, if there is one, then the line on it. */
  List<Map<String, Object>> toPlotly(Axis vertical, Cell cell, int legend) {
    List<Map<String, Object>> traces = new ArrayList<>();
    List<Point> measured = measured();
    if (runs > 1 && !measured.isEmpty()) {
      traces.add(band(vertical, cell, legend, measured));
    }
    Map<String, Object> line = base(cell, legend);
    line.put("x", points.stream().map(Point::x).toList());
    line.put("y", points.stream().map(point -> vertical.position(point.mean)).toList());
    line.put(
        "line", Map.of("color", color.line(), "width", Style.LINE_WIDTH, "dash", dash.plotly()));
    line.put("mode", asPoints() ? "markers" : "lines");
    line.put("marker", Map.of("color", color.line(), "size", 7));
    line.put("hovertemplate", vertical.hover());
    traces.add(line);
    return traces;
  }

  private Map<String, Object> band(Axis vertical, Cell cell, int legend, List<Point> measured) {
    List<Object> x = new ArrayList<>();
    List<Object> y = new ArrayList<>();
    for (Point point : measured) {
      x.add(point.x);
      y.add(vertical.position(point.high));
    }
    for (int i = measured.size() - 1; i >= 0; i--) {
      x.add(measured.get(i).x);
      y.add(vertical.position(measured.get(i).low));
    }
    Map<String, Object> band = base(cell, legend);
    band.put("x", x);
    band.put("y", y);
    band.put("mode", "lines");
    band.put("line", Map.of("width", 0));
    band.put("fill", "toself");
    band.put("fillcolor", color.band());
    band.put("hoverinfo", "skip");
    band.put("showlegend", false);
    return band;
  }

  private Map<String, Object> base(Cell cell, int legend) {
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("type", "scatter");
    trace.put("name", name);
    trace.put("xaxis", cell.x());
    trace.put("yaxis", cell.y());
    trace.put("legend", Legend.name(legend));
    // A click in the legend hides a line with its band, in this panel alone.
    trace.put("legendgroup", cell.suffix() + "/" + name);
    trace.put("showlegend", listed);
    return trace;
  }
}
