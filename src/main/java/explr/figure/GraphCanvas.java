package explr.figure;

import explr.figure.ModuleGraph.Kind;
import explr.figure.ModuleGraph.Vertex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Collects what is drawn of graphs: across in columns, which are as wide as the page allows, up in
 * pixels from the top, which are negative.
 */
final class GraphCanvas {

  /** Half of what a module takes, and half of what several as one take, in pixels. */
  private static final double RADIUS = 12;

  private static final double BLOCK_RADIUS = 28;

  /** What breaks the rules. */
  private static final String FLAW = "#c00000";

  /** Opaque, so that no line shows through. */
  private static final String AFFINE = "#cdecdf";

  private static final int CURVE_POINTS = 24;

  /** Pixels between a line and the degree over it. */
  private static final double LABEL_GAP = 9;

  /** Markers with words for the legend, one for each kind in use. */
  private record Markers(List<Object> x, List<Object> y, List<Object> hover) {
    Markers() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Text of one colour. */
  private record Labels(List<Object> x, List<Object> y, List<Object> text) {
    Labels() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  private final List<Object> edgeX = new ArrayList<>();
  private final List<Object> edgeY = new ArrayList<>();
  private final List<Object> headSizes = new ArrayList<>();
  private final List<Object> standoffs = new ArrayList<>();
  private final Map<Kind, Markers> markers = new EnumMap<>(Kind.class);
  private final Markers flawed = new Markers();
  private final Map<String, Labels> labels = new TreeMap<>();
  private final List<Map<String, Object>> shapes = new ArrayList<>();
  private final List<Map<String, Object>> annotations = new ArrayList<>();

  void vertex(Vertex vertex, double x, double y) {
    Markers to =
        vertex.flawed() ? flawed : markers.computeIfAbsent(vertex.kind(), kind -> new Markers());
    to.x.add(x);
    to.y.add(y);
    to.hover.add(vertex.hover());
    label(x, y, "<b>" + vertex.letters() + "</b>", vertex.flawed() ? Style.PAPER : Style.INK);
  }

  /** A straight line to a vertex, with the degree over it. */
  void straight(Kind to, double fromX, double toX, double y, String degree) {
    line(new double[] {fromX, toX}, new double[] {y, y}, radius(to));
    label((fromX + toX) / 2, y + LABEL_GAP, degree, color(degree));
  }

  /** A straight line out of the last vertex. */
  void out(Kind from, double fromX, double toX, double y, String degree, boolean wrong) {
    line(new double[] {fromX, toX}, new double[] {y, y}, 0);
    String color = wrong ? FLAW : color(degree);
    // Further to the right by the vertex, which takes part of the line.
    double at = from == Kind.BLOCK ? 0.75 : 0.6;
    label(fromX + at * (toX - fromX), y + LABEL_GAP, degree, color);
  }

  private static String color(String degree) {
    return degree.equals("F") ? FLAW : Style.INK;
  }

  private static double radius(Kind kind) {
    return kind == Kind.BLOCK ? BLOCK_RADIUS : RADIUS;
  }

  /** A line over the vertices between, {@code rise} pixels high in its middle. */
  void arc(double fromX, double toX, double y, double rise, String degree) {
    curve(fromX, toX, t -> y + rise * (1 - Math.pow(2 * t - 1, 4)), degree);
  }

  /** A line that changes the lane near the vertex above, and so passes under those next to it. */
  void bend(double fromX, double fromY, double toX, double toY, String degree) {
    curve(
        fromX,
        toX,
        t ->
            toY < fromY
                ? toY + (fromY - toY) * Math.pow(1 - t, 4)
                : fromY + (toY - fromY) * Math.pow(t, 4),
        degree);
  }

  private void curve(double fromX, double toX, DoubleUnaryOperator height, String degree) {
    double[] x = new double[CURVE_POINTS + 1];
    double[] y = new double[CURVE_POINTS + 1];
    Arrays.setAll(x, i -> fromX + (toX - fromX) * i / CURVE_POINTS);
    Arrays.setAll(y, i -> height.applyAsDouble((double) i / CURVE_POINTS));
    line(x, y, RADIUS);
    label(x[CURVE_POINTS / 2], y[CURVE_POINTS / 2] + LABEL_GAP, degree, color(degree));
  }

  /** With a head that stands off from the end by so many pixels. */
  private void line(double[] x, double[] y, double standoff) {
    for (int i = 0; i < x.length; i++) {
      boolean end = i == x.length - 1;
      edge(x[i], y[i], end ? 8 : 0, end ? standoff : 0);
    }
    edge(null, null, 0, 0);
  }

  private void edge(Double x, Double y, int headSize, double standoff) {
    edgeX.add(x);
    edgeY.add(y);
    headSizes.add(headSize);
    standoffs.add(standoff);
  }

  private void label(double x, double y, String text, String color) {
    if (!text.isEmpty()) {
      Labels to = labels.computeIfAbsent(color, key -> new Labels());
      to.x.add(x);
      to.y.add(y);
      to.text.add(text);
    }
  }

  /** A heading that begins at a place. */
  void heading(double x, double y, String text, int size, String color) {
    Map<String, Object> note = new LinkedHashMap<>(Style.text(text, size, color));
    note.putAll(Map.of("x", x, "y", y, "xanchor", "left", "yanchor", "top"));
    note.putAll(Map.of("showarrow", false, "align", "left"));
    annotations.add(note);
  }

  /** A shaded rectangle behind everything. */
  void shade(double left, double right, double bottom, double top) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.putAll(Map.of("type", "rect", "layer", "below", "fillcolor", "#f2f2f2"));
    shape.putAll(Map.of("x0", left, "x1", right, "y0", bottom, "y1", top));
    shape.put("line", Map.of("width", 0));
    shapes.add(shape);
  }

  List<Map<String, Object>> shapes() {
    return shapes;
  }

  List<Map<String, Object>> annotations() {
    return annotations;
  }

  /** Plotly's traces: lines, then vertices on them, then letters on these. */
  List<Map<String, Object>> traces() {
    List<Map<String, Object>> traces = new ArrayList<>();
    Map<String, Object> edges = trace("", edgeX, edgeY, "lines+markers");
    edges.put("line", Map.of("color", Style.FAINT_INK, "width", 1.5));
    Map<String, Object> heads = new LinkedHashMap<>();
    heads.putAll(Map.of("symbol", "arrow", "angleref", "previous", "color", Style.FAINT_INK));
    heads.putAll(Map.of("size", headSizes, "standoff", standoffs, "opacity", 1));
    edges.put("marker", heads);
    traces.add(edges);
    markers.forEach(
        (kind, places) -> {
          String words = kind.letter.isEmpty() ? kind.words : kind.letter + ": " + kind.words;
          Map<String, Object> trace = vertices(places, words, kind.symbol, kind.color.line());
          trace.put("showlegend", kind != Kind.CONTINUED && kind != Kind.BLOCK);
          marker(trace).put("size", 2 * radius(kind));
          if (kind == Kind.AFFINE) {
            marker(trace).put("color", AFFINE);
          }
          traces.add(trace);
        });
    if (!flawed.x.isEmpty()) {
      Map<String, Object> trace = vertices(flawed, "F: breaks the rules", "circle", FLAW);
      marker(trace).put("color", FLAW);
      traces.add(trace);
    }
    labels.forEach((color, texts) -> traces.add(text(texts, color)));
    return traces;
  }

  @SuppressWarnings("unchecked") // made by vertices()
  private static Map<String, Object> marker(Map<String, Object> trace) {
    return (Map<String, Object>) trace.get("marker");
  }

  private static Map<String, Object> vertices(
      Markers places, String name, String symbol, String color) {
    Map<String, Object> trace = trace(name, places.x, places.y, "markers");
    Map<String, Object> marker = new LinkedHashMap<>();
    marker.putAll(Map.of("symbol", symbol, "size", 2 * RADIUS, "opacity", 1));
    marker.put("color", Style.PAPER);
    marker.put("line", Map.of("color", color, "width", 2));
    trace.put("marker", marker);
    trace.put("text", places.hover);
    trace.put("hovertemplate", "%{text}<extra></extra>");
    trace.put("hoverinfo", "text");
    trace.put("showlegend", true);
    return trace;
  }

  private static Map<String, Object> text(Labels labels, String color) {
    Map<String, Object> trace = trace("", labels.x, labels.y, "text");
    trace.put("text", labels.text);
    trace.put("textfont", Map.of("size", Style.FONT_SIZE - 2, "color", color));
    return trace;
  }

  private static Map<String, Object> trace(
      String name, List<Object> x, List<Object> y, String mode) {
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.putAll(Map.of("type", "scatter", "name", name, "mode", mode));
    trace.putAll(Map.of("x", x, "y", y, "cliponaxis", false));
    trace.putAll(Map.of("hoverinfo", "skip", "showlegend", false));
    return trace;
  }
}
